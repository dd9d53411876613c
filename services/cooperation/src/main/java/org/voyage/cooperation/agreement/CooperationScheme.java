package org.voyage.cooperation.agreement;

/** Scheme of a cooperation (contracts/reference/schemes.csv). */
public enum CooperationScheme {
    ORDINARY,
    SGAVE
}
