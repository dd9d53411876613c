package org.voyage.kit.outbox;

import java.time.LocalDate;

/**
 * The right to relay.
 *
 * @param epoch grows with every holder; the cursor moves only under the current one
 * @param position everything up to here is published
 * @param day no unpublished row is older than two days before this
 */
record RelayLease(long epoch, long position, LocalDate day) {

    /** Another relay has taken over: this one must fall silent at once. */
    static class LeaseLostException extends RuntimeException {
        LeaseLostException() {
            super("another relay has taken over");
        }
    }
}
