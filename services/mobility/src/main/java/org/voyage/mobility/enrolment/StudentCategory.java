package org.voyage.mobility.enrolment;

/** Category of a student. */
public enum StudentCategory {
    DEGREE,
    LONG_TERM_NON_DEGREE,
    SHORT_TERM
}
