package org.voyage.client;

/** Event that does not fit the copy: a gap, other data than its digest says, a broken chain or signature. */
public class BrokenFeedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenFeedException(String message) {
        super(message);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BrokenFeedException(otherwise);
        }
    }
}
