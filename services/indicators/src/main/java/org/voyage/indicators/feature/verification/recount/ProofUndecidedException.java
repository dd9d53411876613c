package org.voyage.indicators.feature.verification.recount;

/** Exception: the proof cannot decide about the figures, because a precondition is missing. */
public final class ProofUndecidedException extends Exception {

    public ProofUndecidedException(String reason) {
        super(reason);
    }

    public ProofUndecidedException(String reason, Throwable cause) {
        super(reason, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
