package org.voyage.standards.credential;

/** What the country decided (contracts/reference/decisions.csv). */
public enum CredentialDecision {
    RECOGNISED,
    PARTLY_RECOGNISED,
    REFUSED
}
