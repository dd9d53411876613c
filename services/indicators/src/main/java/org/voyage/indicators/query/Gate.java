package org.voyage.indicators.query;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.voyage.kit.web.Refusal;

/** Lets one in at a time: work that takes memory of its own besides that of the figures. */
public final class Gate {

    private static final int WAIT_SECONDS = 5;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Semaphore one = new Semaphore(1, true);

    /** @throws Refusal.Unavailable when others are too long at it */
    public <T> T alone(Supplier<T> work) {
        try {
            if (!one.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        try {
            return work.get();
        } finally {
            one.release();
        }
    }
}
