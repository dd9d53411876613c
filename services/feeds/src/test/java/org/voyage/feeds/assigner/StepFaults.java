package org.voyage.feeds.assigner;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends one step of the assigner at a chosen point. The assigner begins again as after a crash. */
@Singleton
@Unremovable
class StepFaults implements StepObserver {

    private final AtomicReference<@Nullable PlannedFault> next = new AtomicReference<>();
    private volatile boolean isDone = true;

    private record PlannedFault(StepCrashPoint point, Runnable meanwhile) {}

    void failAt(StepCrashPoint point) {
        failAfter(point, () -> {});
    }

    /** @param meanwhile what happens while the assigner does nothing, as if it was stopped */
    void failAfter(StepCrashPoint point, Runnable meanwhile) {
        isDone = false;
        next.set(new PlannedFault(point, meanwhile));
    }

    boolean hasFailed() {
        return isDone;
    }

    @Override
    public void reach(StepCrashPoint point) {
        PlannedFault planned = next.get();
        if (planned != null && planned.point() == point && next.compareAndSet(planned, null)) {
            try {
                planned.meanwhile().run();
            } finally {
                isDone = true;
            }
            throw new IllegalStateException("planned fault at " + point);
        }
    }
}
