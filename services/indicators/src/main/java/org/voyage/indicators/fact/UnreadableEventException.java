package org.voyage.indicators.fact;

/** Error of bytes that are no event of the record type, with the reason. */
public final class UnreadableEventException extends Exception {

    private final String reasonZh;

    public UnreadableEventException(String reason) {
        this(reason, reason);
    }

    /** Creates an error that the sender also sees, and not only the operators. */
    public UnreadableEventException(String reason, String reasonZh) {
        super(reason, null, false, false);
        this.reasonZh = reasonZh;
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public String reasonZh() {
        return reasonZh;
    }
}
