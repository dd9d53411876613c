package org.voyage.bench;

import java.util.concurrent.locks.LockSupport;

/** Pacer with a fixed rate, independent of the duration of the work: a late caller does not wait. */
final class FixedRatePacer {

    private static final double NANOS_PER_SECOND = 1e9;

    private FixedRatePacer() {}

    /**
     * Waits for the turn of a number.
     *
     * @param start a value of {@link System#nanoTime}; {@code number} counts from 0
     */
    static void awaitTurn(long start, int number, double perSecond) throws InterruptedException {
        long at = start + (long) (number * NANOS_PER_SECOND / perSecond);
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(left);
        }
    }
}
