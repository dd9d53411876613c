package org.voyage.kit.input;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * The sender's own key of a record: 1 to {@value #MAX_LENGTH} characters, no control characters and none that nobody sees, no
 * blanks at its ends. It is kept exactly as sent and compared exactly; of a table its full-width letters and digits are
 * narrow.
 */
public record SourceId(String value) {
    public static final int MAX_LENGTH = 120;
    public static final TextFormat FORMAT = TextFormat.of(
                    "invisible-character", "\\P{Cf}+", "only characters that can be seen", "不含不可见字符")
            .withMaxLength(MAX_LENGTH);

    /** @throws IllegalArgumentException if it is not of the form above */
    public SourceId {
        if (FORMAT.findProblem("", value) != null) {
            throw new IllegalArgumentException("not a source id");
        }
    }

    /**
     * The source id in a path.
     *
     * @throws Refusal.Malformed if it is not of the form above
     */
    public static SourceId fromPath(String text) {
        var finding = findProblem("{sourceId}", text);
        if (finding != null) {
            throw new Refusal.Malformed(finding);
        }
        return new SourceId(text);
    }

    /** What is wrong with a text as a source id, or null if nothing is. */
    public static @Nullable Finding findProblem(String pointer, String text) {
        return FORMAT.findProblem(pointer, text);
    }

    @Override
    public String toString() {
        return value;
    }
}
