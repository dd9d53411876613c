package org.voyage.demo;

/** Width of a text in terminal columns: Chinese characters and full-width marks take two. */
final class TextWidth {

    private TextWidth() {}

    static int columnsOf(String text) {
        return text.codePoints().map(TextWidth::columnsOf).sum();
    }

    /** Returns the text with blanks after it. */
    static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - columnsOf(text)));
    }

    /** Returns the text with blanks before it. */
    static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - columnsOf(text))) + text;
    }

    private static int columnsOf(int codePoint) {
        if (Character.getType(codePoint) == Character.NON_SPACING_MARK) {
            return 0;
        }
        boolean wide = Character.isIdeographic(codePoint)
                || (codePoint >= 0x1100 && codePoint <= 0x115F)
                || (codePoint >= 0x2E80 && codePoint <= 0x303E)
                || (codePoint >= 0x3041 && codePoint <= 0x33FF)
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                || (codePoint >= 0xFE30 && codePoint <= 0xFE6F)
                || (codePoint >= 0xFF00 && codePoint <= 0xFF60)
                || (codePoint >= 0xFFE0 && codePoint <= 0xFFE6);
        return wide ? 2 : 1;
    }
}
