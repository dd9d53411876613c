package org.voyage.client;

/** Answer of the platform that is no success. */
public final class FeedRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    FeedRefusedException(int status, String text) {
        super(status + " " + text);
        this.status = status;
    }

    /** Returns the status of the HTTP answer. */
    public int status() {
        return status;
    }
}
