package org.voyage.indicators.proof;

/** Nothing can be said for or against the figures: something that a proof needs is not there. */
public final class Undecided extends Exception {

    Undecided(String reason) {
        super(reason);
    }

    Undecided(String reason, Throwable cause) {
        super(reason, cause);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
