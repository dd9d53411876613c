package org.voyage.kit.input;

/** Classes of characters that are invisible, or that make a text look like another. */
final class UnwritableCharacters {

    private UnwritableCharacters() {}

    /** Returns whether the character changes the direction of the characters around it. */
    static boolean changesDirection(int c) {
        return c == 0x061C || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }

    /** Returns whether the code point is a byte order mark or no character of Unicode. */
    static boolean isNoCharacter(int c) {
        return c == 0xFEFF || c >= 0xFDD0 && c <= 0xFDEF || (c & 0xFFFE) == 0xFFFE;
    }

    /**
     * Returns whether the character is invisible in every script. The two joiners U+200C and U+200D are not included,
     * because Persian and Indian names need them.
     */
    static boolean isInvisible(int c) {
        return c == 0x00AD
                || c == 0x180E
                || c == 0x200B
                || c >= 0x2060 && c <= 0x206F
                || c >= 0xFFF9 && c <= 0xFFFB
                || c >= 0xE0000 && c <= 0xE0FFF;
    }

    /**
     * Returns whether a program without the right encoding has replaced characters: by U+FFFD or by question marks, at
     * least three in a row or nothing else.
     */
    static boolean hasLostCharacters(String text) {
        return text.indexOf(0xFFFD) >= 0 || text.contains("???") || text.chars().allMatch(c -> c == '?');
    }

    /** Returns whether the text shows something on paper. */
    static boolean hasVisible(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isVisible(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.FORMAT,
                    Character.CONTROL,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.UNASSIGNED -> false;
            default -> !isBlankLetter(c);
        };
    }

    /** Returns whether the character is a letter or symbol without ink: fillers of Hangul, and the empty Braille cell. */
    private static boolean isBlankLetter(int c) {
        return c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xFFA0;
    }
}
