package org.voyage.kit.http;

import java.time.Duration;

/**
 * Allowance of bytes that one client, or all clients of one province, may read. It is filled evenly and holds what a
 * second brings. A request takes as many bytes as the answer before it had, and settles the difference at its end. So
 * the allowance can be overdrawn; the next request then waits until it is even.
 */
final class ByteAllowance {
    private static final long HELD_NANOS = Duration.ofSeconds(1).toNanos();

    private final double nanosPerByte;
    private long evenAtNanos = System.nanoTime() - HELD_NANOS;
    private long lastBytes;
    private int waiting;

    /**
     * Share of one request in the allowance.
     *
     * @param waitNanos how long the request waits before it begins
     */
    record ByteTurn(long expectedBytes, long waitNanos) {}

    ByteAllowance(double bytesPerSecond) {
        this.nanosPerByte = HELD_NANOS / bytesPerSecond;
    }

    /** Takes the bytes of the next answer. */
    synchronized ByteTurn takeTurn() {
        long now = System.nanoTime();
        long wait = evenAtNanos - now;
        evenAtNanos = now + Math.max(wait, -HELD_NANOS) + toNanos(lastBytes);
        return new ByteTurn(lastBytes, Math.max(0, wait));
    }

    /** Replaces the expected bytes of an answer by the written ones. */
    synchronized void settleTurn(ByteTurn turn, long writtenBytes) {
        evenAtNanos += toNanos(writtenBytes - turn.expectedBytes());
        lastBytes = writtenBytes;
    }

    /** Enters the line of waiting requests; returns false if it has as many already. */
    synchronized boolean enterLine(int maxWaiting) {
        if (waiting >= maxWaiting) {
            return false;
        }
        waiting++;
        return true;
    }

    synchronized void leaveLine() {
        waiting--;
    }

    private long toNanos(long bytes) {
        return (long) (bytes * nanosPerByte);
    }
}
