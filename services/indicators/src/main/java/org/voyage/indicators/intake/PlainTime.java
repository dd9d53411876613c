package org.voyage.indicators.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Moments as services write them, {@code 2026-03-31T10:00:00.123456Z}: read for every event, so without a parser. */
final class PlainTime {

    private static final String FORM = "0000-00-00T00:00:00";
    private static final int FRACTION = FORM.length() + 1;
    private static final int MOST_DIGITS = 9;
    private static final int HOURS = 24;
    private static final int SIXTY = 60;
    private static final long SECONDS_OF_DAY = 86_400;

    private PlainTime() {}

    /** @return null when it is not of this form: then it may be one in another */
    static @Nullable Instant read(byte[] text) {
        int end = text.length - 1;
        if (end < FORM.length() || text[end] != 'Z') {
            return null;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            if (form == '0' ? !isDigit(text[i]) : text[i] != form) {
                return null;
            }
        }
        int nanos = nanos(text, end);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        if (nanos < 0 || hour >= HOURS || minute >= SIXTY || second >= SIXTY) {
            return null;
        }
        try {
            long day = LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2))
                    .toEpochDay();
            return Instant.ofEpochSecond(day * SECONDS_OF_DAY + (hour * SIXTY + minute) * (long) SIXTY + second, nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** -1 when there is something else. */
    private static int nanos(byte[] text, int end) {
        if (end == FORM.length()) {
            return 0;
        }
        if (text[FORM.length()] != '.' || end == FRACTION || end - FRACTION > MOST_DIGITS) {
            return -1;
        }
        int nanos = 0;
        for (int i = FRACTION; i < FRACTION + MOST_DIGITS; i++) {
            if (i < end && !isDigit(text[i])) {
                return -1;
            }
            nanos = nanos * 10 + (i < end ? text[i] - '0' : 0);
        }
        return nanos;
    }

    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
