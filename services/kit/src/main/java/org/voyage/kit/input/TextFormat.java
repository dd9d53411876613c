package org.voyage.kit.input;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.privacy.DocumentNumberDetector;
import org.voyage.kit.privacy.RepeatedInputValues;
import org.voyage.kit.problem.Finding;

/**
 * Format of a text. The service changes no text silently: blanks at the ends, control characters, characters that
 * change the direction of writing, invisible characters, code points that are no characters and unpaired surrogates are
 * refused, never removed. A text without a visible character is empty. A text without a pattern must not contain the
 * number of an identity document.
 */
public final class TextFormat {
    private static final int MAX_SHOWN_LENGTH = 60;

    private final int max;
    private final @Nullable Pattern pattern;
    private final String rule;
    private final String expected;
    private final String expectedZh;
    private final @Nullable CodedPart part;
    private final BiFunction<String, String, @Nullable Finding> check;
    private final boolean narrow;

    private TextFormat(
            int max,
            @Nullable Pattern pattern,
            String rule,
            String expected,
            String expectedZh,
            @Nullable CodedPart part,
            BiFunction<String, String, @Nullable Finding> check,
            boolean narrow) {
        this.max = max;
        this.pattern = pattern;
        this.rule = rule;
        this.expected = expected;
        this.expectedZh = expectedZh;
        this.part = part;
        this.check = check;
        this.narrow = narrow;
    }

    /** A part of a text that is itself a code. */
    private record CodedPart(int from, int to, Set<String> known, String rule, String noun, String nounZh) {}

    /** Returns the format of one line of text of at most so many UTF-16 units. */
    public static TextFormat upTo(int max) {
        return new TextFormat(max, null, "text", "text", "文本", null, PersonalTextRules::checkText, false);
    }

    /**
     * Returns the format of a text with a pattern.
     *
     * @param rule name of the rule that a text of another form breaks
     * @param expected expected form, to follow "expected:" in both languages
     */
    public static TextFormat of(String rule, String regex, String expected, String expectedZh) {
        return new TextFormat(
                200, Pattern.compile(regex), rule, expected, expectedZh, null, (pointer, text) -> null, false);
    }

    /** Returns the same format with a maximum number of UTF-16 units. */
    TextFormat withMaxLength(int units) {
        return new TextFormat(units, pattern, rule, expected, expectedZh, part, check, narrow);
    }

    /** Returns the same format, read with its full-width letters and digits as narrow ones in JSON, too. */
    TextFormat asNarrow() {
        return new TextFormat(max, pattern, rule, expected, expectedZh, part, check, true);
    }

    /**
     * Returns the same format with a part that is a code of its own. The rules decide the severity of an unknown code.
     *
     * @param rule name of the rule that a text with an unknown code breaks
     * @param noun name of the codes
     */
    public TextFormat withPart(String rule, int from, int to, Set<String> known, String noun, String nounZh) {
        return new TextFormat(
                max,
                pattern,
                this.rule,
                expected,
                expectedZh,
                new CodedPart(from, to, Set.copyOf(known), rule, noun, nounZh),
                check,
                narrow);
    }

    /** Returns whether the format is read with narrow letters and digits whatever the syntax. */
    boolean isNarrow() {
        return narrow;
    }

    /** Returns whether the format has a pattern. */
    boolean hasPattern() {
        return pattern != null;
    }

    /** Returns the finding about the text, or null if the text is valid. */
    public @Nullable Finding findProblem(String pointer, String text) {
        return findProblem(pointer, text, text);
    }

    /**
     * Returns the finding about the text.
     *
     * @param shown replaces the text in the finding
     */
    @Nullable
    Finding findProblem(String pointer, String text, String shown) {
        if (text.isEmpty()) {
            return new Finding(pointer, "empty", "The text is empty.", "文本为空。");
        }
        if (text.length() > max) {
            return new Finding(pointer, "too-long", "Longer than " + max + " characters.", "超过 " + max + " 个字符。");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x7F && c < 0xA0 || c == 0x2028 || c == 0x2029) {
                return new Finding(pointer, "control-character", "A control character is in the text.", "文本含有控制字符。");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return new Finding(
                            pointer, "broken-character", "Half of a character is in the text.", "文本含有不完整的字符。");
                }
                i++;
            }
            var unwritable =
                    c < 0x80 ? null : findUnwritable(pointer, text.codePointAt(Character.isSurrogate(c) ? i - 1 : i));
            if (unwritable != null) {
                return unwritable;
            }
        }
        if (UnwritableCharacters.hasLostCharacters(text)) {
            return new Finding(
                    pointer,
                    "broken-character",
                    "Characters were lost before the text was sent: ? or U+FFFD is in their place.",
                    "文字在发送前已丢失，只剩问号或“\uFFFD”。");
        }
        if (!UnwritableCharacters.hasVisible(text)) {
            return new Finding(pointer, "empty", "The text has no visible character.", "文本没有可见字符。");
        }
        if (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1))) {
            return new Finding(pointer, "blank-at-end", "The text begins or ends with a blank.", "文本首尾含有空白。");
        }
        if (pattern != null && !pattern.matcher(text).matches()) {
            return new Finding(
                    pointer,
                    rule,
                    "\"" + shortenText(shown) + "\" has not the form expected: " + expected + ".",
                    "“" + shortenText(shown) + "”格式不符，应为：" + expectedZh + "。");
        }
        return check.apply(pointer, text);
    }

    private static @Nullable Finding findUnwritable(String pointer, int c) {
        if (UnwritableCharacters.changesDirection(c)) {
            return new Finding(
                    pointer,
                    "direction-control",
                    "A character that changes the direction of writing is in the text.",
                    "文本含有改变书写方向的控制字符。");
        }
        if (UnwritableCharacters.isNoCharacter(c)) {
            return new Finding(
                    pointer,
                    "not-a-character",
                    "A code that is no character (U+FEFF, U+FFFE and the like) is in the text.",
                    "文本含有非字符编码（如 U+FEFF、U+FFFE）。");
        }
        return UnwritableCharacters.isInvisible(c)
                ? new Finding(pointer, "invisible-character", "An invisible character is in the text.", "文本含有不可见字符。")
                : null;
    }

    /** Returns the warning about a text of this format whose part is an unknown code; null if there is none. */
    @Nullable
    Finding findDoubt(String pointer, String text, String shown) {
        if (part == null) {
            return null;
        }
        String code = text.substring(part.from, part.to);
        return part.known.contains(code)
                ? null
                : new Finding(
                        pointer,
                        part.rule(),
                        "\"" + shortenText(shown) + "\" has a part that is no known " + part.noun + ": characters "
                                + (part.from + 1) + " to " + part.to + ".",
                        "“" + shortenText(shown) + "”的第 " + (part.from + 1) + " 至 " + part.to + " 位不是已知的" + part.nounZh
                                + "。");
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0xFEFF;
    }

    /**
     * Returns the beginning of a sender's text for a finding, in quotes and without quotes inside; without characters
     * that break a log, a database or JSON. A text that may contain the number of an identity document is not repeated.
     */
    public static String shortenText(String text) {
        if (DocumentNumberDetector.mayContainDocument(text)) {
            return RepeatedInputValues.REDACTED;
        }
        var shown = new StringBuilder(Math.min(text.length(), MAX_SHOWN_LENGTH) + 1);
        text.codePoints().limit(MAX_SHOWN_LENGTH).forEach(c -> shown.appendCodePoint(toHarmless(c)));
        return text.codePointCount(0, text.length()) > MAX_SHOWN_LENGTH
                ? shown.append('…').toString()
                : shown.toString();
    }

    private static int toHarmless(int c) {
        if (c < 0x20
                || c >= 0x7F && c < 0xA0
                || c >= 0xD800 && c < 0xE000
                || UnwritableCharacters.changesDirection(c)
                || UnwritableCharacters.isNoCharacter(c)
                || UnwritableCharacters.isInvisible(c)) {
            return 0xFFFD;
        }
        return c == '"' || c == '“' || c == '”' ? '\'' : c;
    }
}
