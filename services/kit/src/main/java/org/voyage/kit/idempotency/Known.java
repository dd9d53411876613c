package org.voyage.kit.idempotency;

/** What is known of a key that is not free. */
sealed interface Known {
    String target();

    /** Its first request has not been answered yet. */
    record Running(String target) implements Known {}

    record Answered(String target, byte[] bodyHash, KeptAnswer answer) implements Known {}
}
