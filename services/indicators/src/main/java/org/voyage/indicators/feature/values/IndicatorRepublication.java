package org.voyage.indicators.feature.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.voyage.indicators.feature.values.IndicatorEventPublisher.EventCause;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishableRecord;

/** Republication of the values that readers outside were last sent, after a restore of the log. */
@ApplicationScoped
class IndicatorRepublication implements RepublishableRecord {

    private static final EventCause RESTORE_CAUSE = new EventCause("republication", "restore", "indicators", null);

    private final OutsideValueStore store;
    private final Clock clock;

    IndicatorRepublication(OutsideValueStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public String record() {
        return IndicatorEventPublisher.RECORD;
    }

    @Override
    public List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor) {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String last = after.map(key -> key.substring(IndicatorEventPublisher.NATIONAL.length() + 1))
                .orElse("");
        return store.lockAfter(last, limit).stream()
                .map(value -> IndicatorEventPublisher.toEvent(
                        value.sourceId(),
                        value.version(),
                        "republished",
                        RESTORE_CAUSE,
                        value.state(),
                        value.state(),
                        at))
                .toList();
    }
}
