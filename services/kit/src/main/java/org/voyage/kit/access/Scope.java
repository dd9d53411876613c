package org.voyage.kit.access;

import java.util.Optional;

/** Provinces whose records a caller may read. */
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

    /** Returns the one province that may be read; empty if all may be read. */
    default Optional<Province> province() {
        return switch (this) {
            case NationalScope _ -> Optional.empty();
            case ProvinceScope(var its) -> Optional.of(its);
        };
    }
}
