package org.voyage.kit.input;

import java.util.List;
import java.util.stream.Collectors;
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
     * Returns the codes that an unknown text may mean, such as colleges of nearly the same name.
     *
     * @return empty if the field has no names, none is near, or too many are
     */
    default List<NamedCode> findCandidates(String field, String text) {
        return List.of();
    }

    /** A code and its names. */
    record NamedCode(String code, String zh, String en) {

        /** Returns the English name with the code, as messages have it. */
        public String shown() {
            return en + " (" + code + ")";
        }

        /** Returns the Chinese name with the code, as messages have it. */
        public String shownZh() {
            return zh + "（" + code + "）";
        }

        static String join(List<NamedCode> codes) {
            return codes.stream().map(NamedCode::shown).collect(Collectors.joining(", "));
        }

        static String joinZh(List<NamedCode> codes) {
            return codes.stream().map(NamedCode::shownZh).collect(Collectors.joining("、"));
        }
    }

    /** Returns the names of the offered codes; empty if there are no names. */
    default List<NamedCode> offeredCodes(String field) {
        return List.of();
    }
}
