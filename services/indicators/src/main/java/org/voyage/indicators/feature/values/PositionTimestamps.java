package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Timestamps of the positions of the live figures: when each position was first used in an answer on this day. An
 * answer contains this time instead of the request time. So its bytes and its entity tag change only when a value or
 * position does. Another instance, or this one after a restart, may have another time. The tag of a
 * JSON or SDMX answer does not contain it; the tag of a file does.
 */
@ApplicationScoped
class PositionTimestamps {

    private final Clock clock;
    private final Map<String, TimestampedPosition> stands = new ConcurrentHashMap<>();

    private record TimestampedPosition(Map<String, Map<String, Long>> offsets, LocalDate today, Instant since) {

        boolean isAtPosition(Map<String, Map<String, Long>> others, LocalDate day) {
            return offsets.equals(others) && today.equals(day);
        }
    }

    PositionTimestamps(Clock clock) {
        this.clock = clock;
    }

    /** Returns the time of the figure that changed last. Callers hold the view, so that no position goes back. */
    Instant findLastChangeTime(List<FigureResult> counted, LocalDate today) {
        Instant since = Instant.MIN;
        for (FigureResult one : counted) {
            TimestampedPosition stand = stands.compute(
                    one.query().figure().code(),
                    (code, before) -> before != null && before.isAtPosition(one.offsets(), today)
                            ? before
                            : new TimestampedPosition(one.offsets(), today, clock.instant()));
            since = stand.since().isAfter(since) ? stand.since() : since;
        }
        return since;
    }
}
