package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when the live figures stand where they are: the moment at which this position was first answered on this day. An
 * answer says this time instead of that of the request, so that its bytes, and with them its entity tag, change only when
 * something does. Another instance, or this one after a start, may have come by a position at another moment; then its
 * tag is another, and the answer is sent once more.
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

    /** Of several figures the last to have moved. To be asked while the cut holds, so that no position goes back. */
    Instant sinceWhen(List<FigureResult> counted, LocalDate today) {
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
