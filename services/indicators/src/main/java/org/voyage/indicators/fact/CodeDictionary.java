package org.voyage.indicators.fact;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dictionary of numbers for texts: each different value of a field has a number, from 0. Number 0 is {@link
 * #ABSENT_TEXT}, the value of a fact without one. Threads that read the log add numbers; all threads read them.
 */
public final class CodeDictionary {

    /** The code under which facts without a value are counted. */
    public static final String ABSENT_TEXT = "unknown";

    /** The number of {@link #ABSENT_TEXT}. */
    public static final int ABSENT_CODE = 0;

    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private volatile String[] texts = new String[16];
    private volatile int size;

    public CodeDictionary() {
        numberOf(ABSENT_TEXT);
    }

    /** Returns an independent copy with the same numbers. */
    synchronized CodeDictionary copy() {
        CodeDictionary copy = new CodeDictionary();
        for (int i = copy.size; i < size; i++) {
            copy.numberOf(texts[i]);
        }
        return copy;
    }

    public int numberOf(String text) {
        Integer number = numbers.get(text);
        return number == null ? addText(text) : number;
    }

    /** Returns whether any fact has, or had, this code. */
    public boolean containsText(String text) {
        return numbers.containsKey(text);
    }

    public String textOf(int number) {
        return texts[number];
    }

    public int size() {
        return size;
    }

    private synchronized int addText(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        int number = size;
        String[] all = number == texts.length ? Arrays.copyOf(texts, number * 2) : texts;
        all[number] = text;
        texts = all;
        size = number + 1;
        numbers.put(text, number);
        return number;
    }
}
