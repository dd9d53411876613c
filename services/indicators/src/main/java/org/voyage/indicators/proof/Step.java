package org.voyage.indicators.proof;

import java.time.Instant;
import java.util.Comparator;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.proof.PublishedLog.Published;

/** A published event that may concern a differing cell. Steps stand in the order in which the changes were made. */
record Step(String record, Published published) implements Comparable<Step> {

    private static final Comparator<Step> ORDER = Comparator.comparing(Step::time)
            .thenComparing(step -> step.published().delivery().topic())
            .thenComparing(step -> step.published().delivery().partition())
            .thenComparing(step -> step.published().delivery().offset());

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
        Delivery delivery = published.delivery();
        return new EventPlace(
                delivery.topic(), delivery.partition(), delivery.offset(), record, key(), version(), time());
    }

    @Override
    public int compareTo(Step other) {
        return ORDER.compare(this, other);
    }
}
