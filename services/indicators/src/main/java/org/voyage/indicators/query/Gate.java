package org.voyage.indicators.query;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.voyage.kit.problem.Refusal;

/** Lets in so much at a time: work that takes memory of its own besides that of the figures. */
public final class Gate {

    private static final int WAIT_SECONDS = 5;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final Semaphore places;

    /** @param places how much may be at it at once */
    public Gate(int places) {
        this.places = new Semaphore(places, true);
    }

    /** What is done behind it. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** @throws Refusal.Unavailable when others are too long at it */
    public <T, E extends Exception> T through(Work<T, E> work) throws E {
        return through(1, work);
    }

    /**
     * @param its how many places it takes
     * @throws Refusal.Unavailable when others are too long at it
     */
    public <T, E extends Exception> T through(int its, Work<T, E> work) throws E {
        try {
            if (!places.tryAcquire(its, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(RETRY_AFTER_SECONDS);
        }
        try {
            return work.run();
        } finally {
            places.release(its);
        }
    }
}
