package org.voyage.mobility.enrolment;

/** Level of study. */
public enum StudyLevel {
    SECONDARY_VOCATIONAL,
    HIGHER_VOCATIONAL,
    VOCATIONAL_BACHELOR
}
