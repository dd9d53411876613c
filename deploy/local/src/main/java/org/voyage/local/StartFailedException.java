package org.voyage.local;

/** Failure that the user of the launcher can correct. The message is one sentence with the cause and the remedy. */
public final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartFailedException(String sentence) {
        super(sentence);
    }

    public StartFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
