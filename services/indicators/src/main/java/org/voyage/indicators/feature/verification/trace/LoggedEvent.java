package org.voyage.indicators.feature.verification.trace;

import java.time.Instant;
import java.util.Comparator;
import org.voyage.indicators.feature.verification.recount.EventLogScanner.PublishedEvent;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.VersionOrder;

/** Published event that may concern a differing cell. Events are in the order in which the changes were made. */
public record LoggedEvent(String record, PublishedEvent published) implements Comparable<LoggedEvent> {

    private static final Comparator<LoggedEvent> EVENT_ORDER = Comparator.comparing(LoggedEvent::time)
            .thenComparing(step -> step.published().message().topic())
            .thenComparing(step -> step.published().message().partition())
            .thenComparing(step -> step.published().message().offset());

    public String key() {
        return published.key();
    }

    int version() {
        return published.version();
    }

    Instant time() {
        return published.message().time();
    }

    EventLocation toLocation() {
        LogMessage message = published.message();
        return new EventLocation(
                message.topic(),
                message.partition(),
                message.offset(),
                record,
                key(),
                VersionOrder.versionOf(version()),
                time());
    }

    @Override
    public int compareTo(LoggedEvent other) {
        return EVENT_ORDER.compare(this, other);
    }
}
