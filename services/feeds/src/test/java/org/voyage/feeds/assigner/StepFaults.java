package org.voyage.feeds.assigner;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends one step of the assigner at a chosen point. The assigner begins again as after a crash. */
@Singleton
@Unremovable
class StepFaults implements StepObserver {

    private final AtomicReference<@Nullable StepPoint> next = new AtomicReference<>();

    void failAt(StepPoint point) {
        next.set(point);
    }

    boolean hasFailed() {
        return next.get() == null;
    }

    @Override
    public void reach(StepPoint point) {
        if (next.compareAndSet(point, null)) {
            throw new IllegalStateException("planned fault at " + point);
        }
    }
}
