package org.voyage.kit.input;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * The sender's own key of a record: 1 to {@value #MAX_SOURCE_ID_LENGTH} characters, no control or invisible characters, no blanks
 * at its ends. Its full-width letters and digits become narrow in every syntax; otherwise it is kept exactly as sent and
 * compared exactly.
 */
public record SourceId(String value) {
    public static final int MAX_SOURCE_ID_LENGTH = 120;
    public static final TextFormat FORMAT = TextFormat.of(
                    "invisible-character", "\\P{Cf}+", "only characters that can be seen", "不含不可见字符")
            .withMaxLength(MAX_SOURCE_ID_LENGTH)
            .asNarrow();

    /** @throws IllegalArgumentException if the text has another form */
    public SourceId {
        if (FORMAT.findProblem("", value) != null) {
            throw new IllegalArgumentException("not a source id");
        }
    }

    /**
     * Returns the source id in a path.
     *
     * @throws Refusal.Malformed if the text has another form
     */
    public static SourceId fromPath(String text) {
        var narrow = CellTextParser.toNarrow(text);
        var finding = findProblem("{sourceId}", narrow);
        if (finding != null) {
            throw new Refusal.Malformed(finding);
        }
        return new SourceId(narrow);
    }

    /** Returns the finding about a text as a source id, or null if the text is valid. */
    public static @Nullable Finding findProblem(String pointer, String text) {
        return FORMAT.findProblem(pointer, text);
    }

    /**
     * Requires a key that looks like no person, for a record that is created or restored under it.
     *
     * @throws Refusal.Invalid if the key looks like a name or the number of a document
     */
    public static void requireImpersonal(String key, boolean ofPersons) {
        var finding = PersonalTextRules.checkKey("{sourceId}", key, ofPersons);
        if (finding != null) {
            throw new Refusal.Invalid(finding);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
