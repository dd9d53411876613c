package org.voyage.kit.guard;

/** Names of the headers that Voyage adds to HTTP. */
public final class HeaderNames {
    /** Id of the request: the caller's if it is valid, else a generated one; every response has it. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** Key of a POST; a repetition with the same key has no further effect. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    public static final String RECEIPT = "Voyage-Receipt";

    /** {@code true} on a repeated response. */
    public static final String IDEMPOTENCY_REPLAYED = "Idempotency-Replayed";

    private HeaderNames() {}
}
