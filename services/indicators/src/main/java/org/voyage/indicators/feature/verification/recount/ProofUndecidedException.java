package org.voyage.indicators.feature.verification.recount;

/** Nothing can be said for or against the figures: something that a proof needs is not there. */
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
