package org.voyage.kit.outbox;

import java.time.LocalDate;

/**
 * Lease of the relay: the right to publish.
 *
 * @param holder instance that has it. After a failover of the database two holders may have one epoch
 * @param epoch grows with every holder; the cursor moves only under the current one
 * @param position everything up to here is published
 * @param day no unpublished row is older than two days before this
 */
record RelayLease(String holder, long epoch, long position, LocalDate day) {

    /** Loss of the lease to another relay: this one must stop publishing at once. */
    static class LeaseLostException extends RuntimeException {
        LeaseLostException() {
            super("another relay has taken over");
        }
    }
}
