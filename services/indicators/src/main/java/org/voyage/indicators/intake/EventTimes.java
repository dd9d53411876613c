package org.voyage.indicators.intake;

import com.ethlo.time.ITU;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times of events. Those of one second differ in their fractions alone, so the calendar is asked once for all of
 * them that come in a row. For one thread.
 */
final class EventTimes {

    private static final int WHOLE_SECONDS = "2026-11-27T10:00:00".length();
    private static final int MOST_DIGITS = 9;

    /** What the last text began with, and the second since 1970 that this is; as long as a whole second or empty. */
    private byte[] begins = {};

    private long second;

    /** Null when the library takes the text for no time. */
    @Nullable
    Instant read(byte[] text) {
        int nanos = isOfTheSameSecond(text) ? nanos(text) : -1;
        return nanos >= 0 ? Instant.ofEpochSecond(second, nanos) : parse(text);
    }

    private boolean isOfTheSameSecond(byte[] text) {
        int length = begins.length;
        return length > 0 && text.length > length && Arrays.equals(text, 0, length, begins, 0, length);
    }

    /** What stands after the whole seconds, which has to be in UTC; -1 where it is anything else. */
    private static int nanos(byte[] text) {
        int end = text.length - 1;
        if (text[end] != 'Z') {
            return -1;
        }
        if (end == WHOLE_SECONDS) {
            return 0;
        }
        int digits = end - WHOLE_SECONDS - 1;
        if (text[WHOLE_SECONDS] != '.' || digits < 1 || digits > MOST_DIGITS) {
            return -1;
        }
        int nanos = 0;
        for (int i = 0; i < MOST_DIGITS; i++) {
            int digit = i < digits ? text[WHOLE_SECONDS + 1 + i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            nanos = nanos * 10 + digit;
        }
        return nanos;
    }

    private @Nullable Instant parse(byte[] text) {
        try {
            Instant time =
                    ITU.parseDateTime(new String(text, StandardCharsets.UTF_8)).toInstant();
            if (text.length > WHOLE_SECONDS && nanos(text) >= 0) {
                begins = Arrays.copyOf(text, WHOLE_SECONDS);
                second = time.getEpochSecond();
            }
            return time;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
