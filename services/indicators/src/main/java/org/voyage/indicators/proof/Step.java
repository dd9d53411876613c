package org.voyage.indicators.proof;

import java.time.Instant;
import java.util.Comparator;
import org.voyage.indicators.proof.PublishedLog.Published;

/** A published event that may concern a differing cell. Steps stand in the order in which the changes were made. */
record Step(String record, Published published) implements Comparable<Step> {

    private static final Comparator<Step> ORDER = Comparator.comparing(Step::time)
            .thenComparing(step -> step.published().delivery().message().topic())
            .thenComparing(step -> step.published().delivery().message().partition())
            .thenComparing(step -> step.published().delivery().message().offset());

    String key() {
        return published.key();
    }

    int version() {
        return published.version();
    }

    Instant time() {
        return published.delivery().time();
    }

    EventPlace place() {
        var message = published.delivery().message();
        return new EventPlace(message.topic(), message.partition(), message.offset(), record, key(), version(), time());
    }

    @Override
    public int compareTo(Step other) {
        return ORDER.compare(this, other);
    }
}
