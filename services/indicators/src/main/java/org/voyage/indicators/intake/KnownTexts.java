package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Numbers of texts that came before, found as they stand in a parser: most values of most records came before, and to make
 * a text of each takes longer than the rest of reading it. For one thread.
 */
final class KnownTexts {

    /** What no text has as its number. */
    static final int NONE = Integer.MIN_VALUE;

    /** More are not kept: of a field that has so many different texts few come again. */
    private static final int MOST = 1 << 16;

    private static final int FIRST = 64;

    private String[] texts = new String[FIRST];
    private int[] numbers = new int[FIRST];
    private int size;

    /** The number of the text at which the parser stands, or {@link #NONE}. */
    int find(JsonParser parser) throws IOException {
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        int mask = texts.length - 1;
        int slot = hash(chars, from, length) & mask;
        while (texts[slot] != null) {
            if (texts[slot].length() == length && isPart(texts[slot], 0, chars, from, length)) {
                return numbers[slot];
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    /** Keeps the number of a text that was not found. */
    void keep(String text, int number) {
        if (size == MOST) {
            return;
        }
        if (size == texts.length / 2) {
            grow();
        }
        put(text, number);
        size++;
    }

    /** Whether the text at which the parser stands is this part of another. */
    static boolean isAt(JsonParser parser, String text, int from) throws IOException {
        int length = parser.getTextLength();
        return from >= 0
                && from + length <= text.length()
                && isPart(text, from, parser.getTextCharacters(), parser.getTextOffset(), length);
    }

    private void grow() {
        String[] all = texts;
        int[] its = numbers;
        texts = new String[all.length * 2];
        numbers = new int[all.length * 2];
        for (int i = 0; i < all.length; i++) {
            if (all[i] != null) {
                put(all[i], its[i]);
            }
        }
    }

    private void put(String text, int number) {
        int mask = texts.length - 1;
        int slot = hash(text.toCharArray(), 0, text.length()) & mask;
        while (texts[slot] != null) {
            slot = (slot + 1) & mask;
        }
        texts[slot] = text;
        numbers[slot] = number;
    }

    /** Days and codes differ in a few digits: without mixing they would crowd in a few places. */
    private static int hash(char[] chars, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ chars[i]) * 0x9E3779B1;
        }
        return hash ^ (hash >>> 15);
    }

    private static boolean isPart(String text, int at, char[] chars, int from, int length) {
        for (int i = 0; i < length; i++) {
            if (text.charAt(at + i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }
}
