package org.voyage.mobility.enrolment;

/** Level of study. */
public enum Level {
    SECONDARY_VOCATIONAL,
    HIGHER_VOCATIONAL,
    VOCATIONAL_BACHELOR
}
