package org.voyage.bench;

import java.util.concurrent.locks.LockSupport;

/** So many a second, however long each takes: who is late does not wait. */
final class FixedRatePacer {

    private static final double NANOS_PER_SECOND = 1e9;

    private FixedRatePacer() {}

    /** @param start as {@link System#nanoTime} told it; {@code number} counts from 0 */
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
