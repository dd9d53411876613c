package org.voyage.standards.credential;

/** Decision of a country on a credential (contracts/reference/decisions.csv). */
public enum CredentialDecision {
    RECOGNISED,
    PARTLY_RECOGNISED,
    REFUSED
}
