package org.voyage.feeds.delivery.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Header {@code Retry-After} (RFC 9110): seconds, or a date. */
final class RetryAfterHeader {

    private static final int MAX_DIGITS = 9;

    private RetryAfterHeader() {}

    /** Returns the pause; zero for none, for the past and for every other text. */
    static Duration parse(@Nullable String text, Instant now) {
        if (text == null || text.isBlank()) {
            return Duration.ZERO;
        }
        String value = text.strip();
        if (value.length() <= MAX_DIGITS && value.chars().allMatch(each -> each >= '0' && each <= '9')) {
            return Duration.ofSeconds(Integer.parseInt(value));
        }
        try {
            Duration pause = Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return pause.isNegative() ? Duration.ZERO : pause;
        } catch (DateTimeException | ArithmeticException e) {
            return Duration.ZERO;
        }
    }
}
