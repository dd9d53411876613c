package org.voyage.kit.access;

import java.util.Optional;

/** The provinces whose records a caller sees. */
public sealed interface Scope {

    /** The whole country. */
    record NationalScope() implements Scope {}

    /** One province. */
    record ProvinceScope(Province onlyProvince) implements Scope {}

    default boolean covers(Province province) {
        return switch (this) {
            case NationalScope _ -> true;
            case ProvinceScope(var its) -> its.equals(province);
        };
    }

    /** The one province that may be seen; empty if all may. */
    default Optional<Province> province() {
        return switch (this) {
            case NationalScope _ -> Optional.empty();
            case ProvinceScope(var its) -> Optional.of(its);
        };
    }
}
