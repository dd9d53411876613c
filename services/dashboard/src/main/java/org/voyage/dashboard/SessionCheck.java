package org.voyage.dashboard;

/** Answer of the issuer to the question whether the session of an access token lives. */
enum SessionCheck {
    ALIVE,
    /** The issuer refuses the access token. */
    REFUSED,
    /** The issuer was not reached, or it does not answer this question. */
    UNKNOWN
}
