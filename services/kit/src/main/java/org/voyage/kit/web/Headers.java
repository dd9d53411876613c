package org.voyage.kit.web;

import org.voyage.kit.outbox.Receipt;

/** Names of the headers that Voyage adds to HTTP. */
public final class Headers {
    /** The request's id: taken from the caller when it is sane, else made here; always in the answer. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** Where the events of a write stand; opaque. A figure asked with {@code ?receipt=} includes the write. */
    public static final String RECEIPT = Receipt.HEADER;

    /** Names a POST, so that sending it again does not do it again. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Says {@code true} on an answer that was given before. */
    public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

    private Headers() {}
}
