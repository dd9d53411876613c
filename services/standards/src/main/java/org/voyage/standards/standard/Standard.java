package org.voyage.standards.standard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Record of a standard as a bureau reports it.
 *
 * @param titleEn English title, if there is one
 * @param developingColleges 10-digit school codes, at least one
 * @param field two digits of the vocational catalogue 2021 (contracts/reference/fields.csv)
 */
public record Standard(
        String title,
        @Nullable String titleEn,
        StandardKind kind,
        List<String> developingColleges,
        String field,
        String edition) {

    /** Returns whether figures see no difference between the two standards. */
    boolean countsSameAs(Standard other) {
        return kind == other.kind && field.equals(other.field) && developingColleges.equals(other.developingColleges);
    }
}
