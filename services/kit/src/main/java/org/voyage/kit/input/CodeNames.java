package org.voyage.kit.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the codes of a table may also be called there: a clerk writes 泰国, not THA. */
@FunctionalInterface
public interface CodeNames {
    /** For a table whose codes have no other names. */
    CodeNames NONE = (field, text) -> null;

    /**
     * The code that the text names.
     *
     * @param field name of the field; for a part of an object {@code foreignPartners/country}
     * @return null if it names none, or more than one
     */
    @Nullable
    String findCode(String field, String text);

    /** A code and what people call it. */
    record NamedCode(String code, String zh, String en) {}

    /**
     * The code that was meant by a text which names none.
     *
     * @return null if no name is near enough, or several are
     */
    default @Nullable NamedCode findNearest(String field, String text) {
        return null;
    }

    /** The names of the codes that are offered; empty where nobody knows them. */
    default List<NamedCode> offeredCodes(String field) {
        return List.of();
    }
}
