package org.voyage.standards.recognition;

/** Level of the authority behind a recognition (contracts/reference/recognition-levels.csv). */
public enum RecognitionLevel {
    ADOPTED_BY_SCHOOL,
    REGISTERED_BY_AUTHORITY,
    CERTIFIED
}
