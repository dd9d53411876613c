package org.voyage.kit.bulk;

import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Refusal;

/** How the work on a batch ended for now. */
sealed interface BatchEnd {
    /** Every row has its outcome. */
    record Done(Receipt receipt) implements BatchEnd {}

    /** It will not go on. */
    record Failed(Refusal refusal) implements BatchEnd {}

    /** It goes on by itself when what it needs is there again. */
    record Waits(Refusal refusal) implements BatchEnd {}
}
