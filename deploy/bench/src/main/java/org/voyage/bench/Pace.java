package org.voyage.bench;

import java.util.concurrent.locks.LockSupport;

/** So many a second, however long each takes: who is late does not wait. */
final class Pace {

    private static final double NANOS = 1e9;

    private Pace() {}

    /** @param start as {@link System#nanoTime} told it; {@code number} counts from 0 */
    static void await(long start, int number, double perSecond) throws InterruptedException {
        long at = start + (long) (number * NANOS / perSecond);
        for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(left);
        }
    }
}
