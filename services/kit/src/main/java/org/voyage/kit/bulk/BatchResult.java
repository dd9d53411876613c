package org.voyage.kit.bulk;

import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;

/** How the work on a batch ended for now. */
sealed interface BatchResult {
    /** Every row has its outcome. */
    record CompletedBatch(Receipt receipt) implements BatchResult {}

    /** It will not go on. */
    record FailedBatch(Refusal refusal) implements BatchResult {}

    /** It goes on by itself when what it needs is there again. */
    record WaitingBatch(Refusal refusal) implements BatchResult {}
}
