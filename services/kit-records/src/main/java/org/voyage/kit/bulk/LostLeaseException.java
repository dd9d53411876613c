package org.voyage.kit.bulk;

import org.voyage.kit.problem.Refusable;
import org.voyage.kit.problem.Refusal;

/** Another process has taken the batch, because this one gave no sign of life in time. What it began is rolled back. */
final class LostLeaseException extends RuntimeException implements Refusable {
    private static final int RETRY_AFTER_SECONDS = 10;

    LostLeaseException() {
        super("another process has the batch", null, false, false);
    }

    @Override
    public Refusal toRefusal() {
        return new Refusal.Unavailable(RETRY_AFTER_SECONDS);
    }
}
