package org.voyage.indicators.query;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.voyage.kit.problem.Refusal;

/** Bulkhead: limits parallel work that needs memory in addition to the figures. */
public final class Bulkhead {

    private static final int WAIT_SECONDS = 5;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Semaphore permits;

    /** @param places maximum number of places that are in use at once */
    public Bulkhead(int places) {
        this.permits = new Semaphore(places, true);
    }

    /** Task that runs within the bulkhead. */
    public interface BulkheadTask<T, E extends Exception> {
        T runTask() throws E;
    }

    /** @throws Refusal.Unavailable when no place becomes free in time */
    public <T, E extends Exception> T runWithin(BulkheadTask<T, E> work) throws E {
        return runWithin(1, work);
    }

    /**
     * Runs a task within the bulkhead.
     *
     * @param its number of places that the task needs
     * @throws Refusal.Unavailable when not enough places become free in time
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
