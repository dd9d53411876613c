package org.voyage.mobility.enrolment;

/** Kind of student. */
public enum Category {
    DEGREE,
    LONG_TERM_NON_DEGREE,
    SHORT_TERM
}
