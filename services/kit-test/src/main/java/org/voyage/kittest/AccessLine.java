package org.voyage.kittest;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One operation in an {@link AccessMatrix}.
 *
 * @param operation verb and path as in the OpenAPI document
 * @param objects what its path or query can name, in braces
 * @param query without the question mark; may be empty
 * @param contentType of the body; empty when it has none
 * @param body for a province; may make what it names
 * @param traits what else is true of it
 */
public record AccessLine(
        String operation,
        Access access,
        Objects objects,
        String query,
        String contentType,
        UnaryOperator<String> body,
        Set<Trait> traits) {

    enum Trait {
        /** What is absent in one's own province comes into being. */
        CREATES,
        /** A page with {@code items} and {@code next} that shows what the objects name. */
        LISTS,
        /** The path names nothing that could be another's. */
        NAMES_NOTHING
    }

    /** What a path or query can name, by the names of its parameters. */
    public interface Objects {
        /** A new one of the province. */
        Map<String, String> existing(String province);

        /** One that the province does not have; empty if nothing of its kind can be absent: then it is not tried. */
        Map<String, String> absent(String province);
    }

    private static final Objects NOTHING = new Objects() {
        @Override
        public Map<String, String> existing(String province) {
            return Map.of();
        }

        @Override
        public Map<String, String> absent(String province) {
            return Map.of();
        }
    };

    /** An operation on what its path names. */
    public static AccessLine on(String operation, Access access, Objects objects) {
        return new AccessLine(operation, access, objects, "", "", province -> "", Set.of());
    }

    /** A list of what the objects name: read to its end, it must hold one's own and nobody else's. */
    public static AccessLine list(String operation, Access access, Objects objects) {
        return new AccessLine(
                operation, access, objects, "limit=200", "", province -> "", Set.of(Trait.LISTS, Trait.NAMES_NOTHING));
    }

    /** The same of something that is no list of pages and takes no limit. */
    public static AccessLine shows(String operation, Access access, Objects objects) {
        return new AccessLine(
                operation, access, objects, "", "", province -> "", Set.of(Trait.LISTS, Trait.NAMES_NOTHING));
    }

    /** An operation whose path names nothing that belongs to anybody. */
    public static AccessLine of(String operation, Access access) {
        return new AccessLine(operation, access, NOTHING, "", "", province -> "", Set.of(Trait.NAMES_NOTHING));
    }

    public AccessLine query(String added) {
        String whole = query.isEmpty() ? added : query + "&" + added;
        return new AccessLine(operation, access, objects, whole, contentType, body, traits);
    }

    /** @param of the body for a province; it may make what it names */
    public AccessLine body(String type, UnaryOperator<String> of) {
        return new AccessLine(operation, access, objects, query, type, of, traits);
    }

    /** It makes what is absent in one's own province. */
    public AccessLine creates() {
        return new AccessLine(operation, access, objects, query, contentType, body, Set.of(Trait.CREATES));
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /** Path and query. */
    String target(Map<String, String> named) {
        String target = operation.substring(operation.indexOf(' ') + 1) + (query.isEmpty() ? "" : "?" + query);
        for (Map.Entry<String, String> one : named.entrySet()) {
            target = target.replace("{" + one.getKey() + "}", one.getValue());
        }
        return target;
    }
}
