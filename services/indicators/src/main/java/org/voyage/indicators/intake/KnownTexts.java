package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Arrays;

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

    /** All texts, one after the other. */
    private char[] all = new char[FIRST * 16];

    private int end;
    /** By slot: where the text begins in {@link #all}, {@link #NONE} where there is none. */
    private int[] begins = none(FIRST);

    private int[] lengths = new int[FIRST];
    private int[] numbers = new int[FIRST];
    private int size;

    /** The number of the text at which the parser stands, or {@link #NONE}. */
    int find(JsonParser parser) throws IOException {
        char[] chars = parser.getTextCharacters();
        int from = parser.getTextOffset();
        int length = parser.getTextLength();
        int mask = begins.length - 1;
        int slot = hash(chars, from, length) & mask;
        while (begins[slot] != NONE) {
            if (lengths[slot] == length && isAt(begins[slot], chars, from, length)) {
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
        if (size == begins.length / 2) {
            grow();
        }
        int length = text.length();
        if (end + length > all.length) {
            all = Arrays.copyOf(all, Math.max(2 * all.length, end + length));
        }
        text.getChars(0, length, all, end);
        put(end, length, number);
        end += length;
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
        int[] its = begins;
        int[] itsLengths = lengths;
        int[] itsNumbers = numbers;
        begins = none(its.length * 2);
        lengths = new int[its.length * 2];
        numbers = new int[its.length * 2];
        for (int i = 0; i < its.length; i++) {
            if (its[i] != NONE) {
                put(its[i], itsLengths[i], itsNumbers[i]);
            }
        }
    }

    private void put(int begin, int length, int number) {
        int mask = begins.length - 1;
        int slot = hash(all, begin, length) & mask;
        while (begins[slot] != NONE) {
            slot = (slot + 1) & mask;
        }
        begins[slot] = begin;
        lengths[slot] = length;
        numbers[slot] = number;
    }

    private static int[] none(int slots) {
        int[] none = new int[slots];
        Arrays.fill(none, NONE);
        return none;
    }

    private boolean isAt(int begin, char[] chars, int from, int length) {
        return Arrays.equals(all, begin, begin + length, chars, from, from + length);
    }

    /** Days and codes differ in a few digits: without mixing they would crowd in a few places. */
    private static int hash(char[] chars, int from, int length) {
        long hash = length;
        int i = from;
        // Four at a time: each multiplication waits for the one before.
        for (int last = from + length - 3; i < last; i += 4) {
            long four = chars[i] | (long) chars[i + 1] << 16 | (long) chars[i + 2] << 32 | (long) chars[i + 3] << 48;
            hash = (hash ^ four) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < from + length; i++) {
            hash = (hash ^ chars[i]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> 32);
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
