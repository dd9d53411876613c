package org.voyage.kit.reference;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Text of an instant in answers and events: UTC with six decimals, always, so that texts sort as the instants do.
 * PostgreSQL stores microseconds; further decimals of a clock are cut off.
 */
public final class InstantFormat {
    private static final int DECIMALS = 6;
    private static final DateTimeFormatter FORMATTER =
            new DateTimeFormatterBuilder().appendInstant(DECIMALS).toFormatter();

    private InstantFormat() {}

    /** Returns the text, {@code 2026-11-24T10:00:00.120000Z}. */
    public static String formatInstant(Instant instant) {
        return FORMATTER.format(instant);
    }
}
