package org.voyage.indicators.intake;

/** Bytes that are no event of the record type, with the reason. */
public final class UnreadableEvent extends Exception {

    public UnreadableEvent(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
