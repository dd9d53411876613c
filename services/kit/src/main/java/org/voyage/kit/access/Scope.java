package org.voyage.kit.access;

import java.util.Optional;

/** The provinces whose records a caller sees. */
public sealed interface Scope {

    /** The whole country. */
    record All() implements Scope {}

    /** One province. */
    record One(Province its) implements Scope {}

    default boolean covers(Province province) {
        return switch (this) {
            case All _ -> true;
            case One(var its) -> its.equals(province);
        };
    }

    /** The one province that may be seen; empty if all may. */
    default Optional<Province> province() {
        return switch (this) {
            case All _ -> Optional.empty();
            case One(var its) -> Optional.of(its);
        };
    }
}
