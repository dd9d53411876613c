package org.voyage.local;

import java.time.Duration;

/**
 * Patience with the start of a part. On a busy machine a start lasts long, and the log shows its progress.
 *
 * @param silence longest time without a new line in the log
 * @param total longest time of the whole start
 */
record StartPatience(Duration silence, Duration total) {
    /** Longest whole start without {@code --start-limit}. */
    static final Duration DEFAULT_TOTAL = Duration.ofMinutes(10);
}
