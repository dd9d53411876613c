package org.voyage.mobility.enrolment;

/** Kind of student. */
public enum StudentCategory {
    DEGREE,
    LONG_TERM_NON_DEGREE,
    SHORT_TERM
}
