package org.voyage.kit.http;

/** Names of the headers that Voyage adds to HTTP. */
public final class HeaderNames {
    /** The request's id: taken from the caller when it is sane, else made here; always in the answer. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** Names a POST, so that sending it again does not do it again. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Says {@code true} on an answer that was given before. */
    public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

    private HeaderNames() {}
}
