package org.voyage.indicators.query;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.voyage.kit.problem.Refusal;

/** Lets in so much at a time: work that takes memory of its own besides that of the figures. */
public final class Bulkhead {

    private static final int WAIT_SECONDS = 5;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Semaphore permits;

    /** @param places how much may be at it at once */
    public Bulkhead(int places) {
        this.permits = new Semaphore(places, true);
    }

    /** What is done behind it. */
    public interface BulkheadTask<T, E extends Exception> {
        T runTask() throws E;
    }

    /** @throws Refusal.Unavailable when others are too long at it */
    public <T, E extends Exception> T runWithin(BulkheadTask<T, E> work) throws E {
        return runWithin(1, work);
    }

    /**
     * @param its how many places it takes
     * @throws Refusal.Unavailable when others are too long at it
     */
    public <T, E extends Exception> T runWithin(int its, BulkheadTask<T, E> work) throws E {
        try {
            if (!permits.tryAcquire(its, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        try {
            return work.runTask();
        } finally {
            permits.release(its);
        }
    }
}
