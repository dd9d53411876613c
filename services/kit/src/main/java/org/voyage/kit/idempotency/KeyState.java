package org.voyage.kit.idempotency;

/** What is known of a key that is not free. */
sealed interface KeyState {
    String target();

    /** Its first request has not been answered yet. */
    record RunningKey(String target) implements KeyState {}

    record AnsweredKey(String target, byte[] bodyHash, StoredResponse response) implements KeyState {}
}
