package org.voyage.kittest;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One row of an {@link AccessMatrix}: one operation.
 *
 * @param operation verb and path as in the OpenAPI document
 * @param objects objects that its path or query names in braces
 * @param query without the question mark; may be empty
 * @param contentType of the body; empty when it has none
 * @param body for a province; may create the object that it names
 * @param traits further properties of the operation
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
        /** The operation creates an absent object of the caller's province. */
        CREATES,
        /** The operation answers a page with {@code items} and {@code next} that shows the named objects. */
        LISTS,
        /** The path names no object that could belong to another province or alliance. */
        NAMES_NOTHING,
        /** The objects belong to alliances and not to provinces. */
        OF_ALLIANCES
    }

    /** Objects that a path or query can name, by parameter name; their owner is a province or an alliance. */
    public interface PathObjects {
        /** Creates an object of the province. */
        Map<String, String> existing(String province);

        /**
         * Returns an object that the province does not have; empty if no such object can be absent, and then the matrix
         * skips it.
         */
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

    /** Returns a row for an operation on the objects in its path. */
    public static AccessMatrixRow on(String operation, AccessRights access, PathObjects objects) {
        return new AccessMatrixRow(operation, access, objects, "", "", province -> "", Set.of());
    }

    /** Returns a row for a list of the objects. All its pages must show the caller's own objects and no other ones. */
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

    /** Returns a row for an answer that shows the objects but has no pages and takes no limit. */
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

    /** Returns a row for an operation whose path names no province's object. */
    public static AccessMatrixRow of(String operation, AccessRights access) {
        return new AccessMatrixRow(
                operation, access, NO_OBJECTS, "", "", province -> "", Set.of(OperationTrait.NAMES_NOTHING));
    }

    public AccessMatrixRow withQuery(String added) {
        String whole = query.isEmpty() ? added : query + "&" + added;
        return new AccessMatrixRow(operation, access, objects, whole, contentType, body, traits);
    }

    /**
     * Returns this row with a body.
     *
     * @param of the body for a province; may create the object that it names
     */
    public AccessMatrixRow withBody(String type, UnaryOperator<String> of) {
        return new AccessMatrixRow(operation, access, objects, query, type, of, traits);
    }

    /** Returns this row as one that creates an absent object of the caller's province. */
    public AccessMatrixRow asCreating() {
        return withTrait(OperationTrait.CREATES);
    }

    /** Returns this row for objects that belong to alliances: objects and bodies are for the code of an alliance. */
    public AccessMatrixRow ofAlliances() {
        return withTrait(OperationTrait.OF_ALLIANCES);
    }

    private AccessMatrixRow withTrait(OperationTrait added) {
        Set<OperationTrait> all = EnumSet.of(added);
        all.addAll(traits);
        return new AccessMatrixRow(operation, access, objects, query, contentType, body, all);
    }

    boolean hasTrait(OperationTrait trait) {
        return traits.contains(trait);
    }

    String httpMethod() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /** Returns path and query. */
    String targetOf(Map<String, String> named) {
        String target = operation.substring(operation.indexOf(' ') + 1) + (query.isEmpty() ? "" : "?" + query);
        for (Map.Entry<String, String> one : named.entrySet()) {
            target = target.replace("{" + one.getKey() + "}", one.getValue());
        }
        return target;
    }
}
