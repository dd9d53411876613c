package org.voyage.feeds.topic;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs an action once at a chosen point of a transaction to topics: ends it as a crash would, or lets another begin. */
@Singleton
@Unremovable
class PublicationFaults implements PublicationObserver {

    private final AtomicReference<@Nullable PlannedAction> next = new AtomicReference<>();

    private record PlannedAction(PublicationCrashPoint point, Runnable action) {}

    void failAt(PublicationCrashPoint point) {
        runAt(point, () -> {
            throw new IllegalStateException("planned fault at " + point);
        });
    }

    void runAt(PublicationCrashPoint point, Runnable action) {
        next.set(new PlannedAction(point, action));
    }

    boolean hasRun() {
        return next.get() == null;
    }

    @Override
    public void reach(PublicationCrashPoint point) {
        PlannedAction planned = next.get();
        if (planned != null && planned.point() == point && next.compareAndSet(planned, null)) {
            planned.action().run();
        }
    }
}
