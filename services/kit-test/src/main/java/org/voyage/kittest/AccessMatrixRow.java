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
public record AccessMatrixRow(
        String operation,
        AccessRights access,
        PathObjects objects,
        String query,
        String contentType,
        UnaryOperator<String> body,
        Set<OperationTrait> traits) {

    enum OperationTrait {
        /** What is absent in one's own province comes into being. */
        CREATES,
        /** A page with {@code items} and {@code next} that shows what the objects name. */
        LISTS,
        /** The path names nothing that could be another's. */
        NAMES_NOTHING
    }

    /** What a path or query can name, by the names of its parameters. */
    public interface PathObjects {
        /** A new one of the province. */
        Map<String, String> existing(String province);

        /** One that the province does not have; empty if nothing of its kind can be absent: then it is not tried. */
        Map<String, String> absent(String province);
    }

    private static final PathObjects NO_OBJECTS = new PathObjects() {
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
    public static AccessMatrixRow on(String operation, AccessRights access, PathObjects objects) {
        return new AccessMatrixRow(operation, access, objects, "", "", province -> "", Set.of());
    }

    /** A list of what the objects name: read to its end, it must hold one's own and nobody else's. */
    public static AccessMatrixRow list(String operation, AccessRights access, PathObjects objects) {
        return new AccessMatrixRow(
                operation,
                access,
                objects,
                "limit=200",
                "",
                province -> "",
                Set.of(OperationTrait.LISTS, OperationTrait.NAMES_NOTHING));
    }

    /** The same of something that is no list of pages and takes no limit. */
    public static AccessMatrixRow shows(String operation, AccessRights access, PathObjects objects) {
        return new AccessMatrixRow(
                operation,
                access,
                objects,
                "",
                "",
                province -> "",
                Set.of(OperationTrait.LISTS, OperationTrait.NAMES_NOTHING));
    }

    /** An operation whose path names nothing that belongs to anybody. */
    public static AccessMatrixRow of(String operation, AccessRights access) {
        return new AccessMatrixRow(
                operation, access, NO_OBJECTS, "", "", province -> "", Set.of(OperationTrait.NAMES_NOTHING));
    }

    public AccessMatrixRow withQuery(String added) {
        String whole = query.isEmpty() ? added : query + "&" + added;
        return new AccessMatrixRow(operation, access, objects, whole, contentType, body, traits);
    }

    /** @param of the body for a province; it may make what it names */
    public AccessMatrixRow withBody(String type, UnaryOperator<String> of) {
        return new AccessMatrixRow(operation, access, objects, query, type, of, traits);
    }

    /** It makes what is absent in one's own province. */
    public AccessMatrixRow asCreating() {
        return new AccessMatrixRow(
                operation, access, objects, query, contentType, body, Set.of(OperationTrait.CREATES));
    }

    boolean hasTrait(OperationTrait trait) {
        return traits.contains(trait);
    }

    String httpMethod() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /** Path and query. */
    String targetOf(Map<String, String> named) {
        String target = operation.substring(operation.indexOf(' ') + 1) + (query.isEmpty() ? "" : "?" + query);
        for (Map.Entry<String, String> one : named.entrySet()) {
            target = target.replace("{" + one.getKey() + "}", one.getValue());
        }
        return target;
    }
}
