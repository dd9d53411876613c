package org.voyage.kit.idempotency;

/** Answer with a secret that is shown once. The repeat of its request is answered without it, and it is never stored. */
public interface SecretAnswer {

    /** Returns the same answer without the secret. */
    Object withoutSecret();
}
