package org.voyage.kit.bulk;

import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;

/** Result of the current run of a batch. */
sealed interface BatchResult {
    /** Every row has its outcome. */
    record CompletedBatch(Receipt receipt) implements BatchResult {}

    /** The batch ended and does not continue. */
    record FailedBatch(Refusal refusal) implements BatchResult {}

    /** The batch continues by itself when the missing resource is available again. */
    record WaitingBatch(Refusal refusal) implements BatchResult {}
}
