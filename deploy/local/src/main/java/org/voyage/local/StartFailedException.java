package org.voyage.local;

/** Something the person at the keyboard can mend; the message is one sentence that says what and how. */
public final class StartFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartFailedException(String sentence) {
        super(sentence);
    }

    public StartFailedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
