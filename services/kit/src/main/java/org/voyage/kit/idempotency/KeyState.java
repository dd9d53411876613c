package org.voyage.kit.idempotency;

/** State of a key that is not free. */
sealed interface KeyState {
    String target();

    /** The first request with the key has no response yet. */
    record RunningKey(String target) implements KeyState {}

    record AnsweredKey(String target, byte[] bodyHash, StoredResponse response) implements KeyState {}
}
