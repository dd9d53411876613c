package org.voyage.indicators.indicator;

/** A definition that cannot be used; the service does not start with it. The message names the file and the reason. */
public final class BadDefinition extends RuntimeException {

    public BadDefinition(String file, String reason) {
        super(file + ": " + reason);
    }

    /** @param line where it is wrong, from 1 */
    public BadDefinition(String file, int line, String reason) {
        this(file + ":" + line, reason);
    }
}
