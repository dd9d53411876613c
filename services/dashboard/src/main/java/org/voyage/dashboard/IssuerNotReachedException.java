package org.voyage.dashboard;

/** The issuer did not refresh the tokens of a session and did not end it: the session is as it was. */
final class IssuerNotReachedException extends Exception {
    private static final long serialVersionUID = 1;

    IssuerNotReachedException() {
        // It goes with each request of an outage.
        super("the issuer did not refresh the tokens", null, false, false);
    }
}
