package org.voyage.client;

/** Event whose earlier ones are not in the copy. */
public final class FeedGapException extends BrokenFeedException {

    private static final long serialVersionUID = 1;

    FeedGapException(String message) {
        super(message);
    }
}
