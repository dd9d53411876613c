package org.voyage.kit.web;

import org.jspecify.annotations.Nullable;

/**
 * The sender's own key of a record: 1 to {@value #MAX} characters, no control characters and none that nobody sees, no
 * blanks at its ends. It is kept exactly as sent and compared exactly; of a table its full-width letters and digits are
 * narrow.
 */
public record SourceId(String value) {
    public static final int MAX = 120;
    public static final Shape SHAPE = Shape.of(
                    "invisible-character", "\\P{Cf}+", "only characters that can be seen", "不含不可见字符")
            .within(MAX);

    /** @throws IllegalArgumentException if it is not of the form above */
    public SourceId {
        if (SHAPE.check("", value) != null) {
            throw new IllegalArgumentException("not a source id");
        }
    }

    /**
     * The source id in a path.
     *
     * @throws Refusal.Malformed if it is not of the form above
     */
    public static SourceId inPath(String text) {
        var finding = check("{sourceId}", text);
        if (finding != null) {
            throw new Refusal.Malformed(finding);
        }
        return new SourceId(text);
    }

    /** What is wrong with a text as a source id, or null if nothing is. */
    public static @Nullable Finding check(String pointer, String text) {
        return SHAPE.check(pointer, text);
    }

    @Override
    public String toString() {
        return value;
    }
}
