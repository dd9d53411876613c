package org.voyage.cooperation.agreement;

/** Under which scheme it runs (contracts/reference/schemes.csv). */
public enum CooperationScheme {
    ORDINARY,
    SGAVE
}
