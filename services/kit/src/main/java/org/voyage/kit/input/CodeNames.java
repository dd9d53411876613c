package org.voyage.kit.input;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of codes in a table: a clerk writes 泰国, not THA. */
@FunctionalInterface
public interface CodeNames {
    /** Names of a table whose codes have no other names. */
    CodeNames NONE = (field, text) -> null;

    /**
     * Returns the code with this name.
     *
     * @param field name of the field; for a part of an object {@code foreignPartners/country}
     * @return null if no code has the name, or more than one has
     */
    @Nullable
    String findCode(String field, String text);

    /**
     * Returns the code that a text means beyond doubt, though it is not its name in the list: 印尼, 高职, Turkey.
     *
     * @return null if the text means no code, or may mean several
     */
    default @Nullable NamedCode findByOtherName(String field, String text) {
        return null;
    }

    /**
     * Returns the codes that a text of an open field may mean, such as colleges of nearly the same name.
     *
     * @return empty if the field has no names, or none is near
     */
    default List<NamedCode> findCandidates(String field, String text) {
        return List.of();
    }

    /** A code and its names. */
    record NamedCode(String code, String zh, String en) {}

    /**
     * Returns the code that an unknown name probably means.
     *
     * @return null if no name is near enough, or several are
     */
    default @Nullable NamedCode findNearest(String field, String text) {
        return null;
    }

    /** Returns the names of the offered codes; empty if there are no names. */
    default List<NamedCode> offeredCodes(String field) {
        return List.of();
    }
}
