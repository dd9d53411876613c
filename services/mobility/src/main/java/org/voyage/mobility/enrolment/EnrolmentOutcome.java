package org.voyage.mobility.enrolment;

/** Outcome of an enrolment: enrolled still, or the way it ended. */
public enum EnrolmentOutcome {
    ENROLLED,
    GRADUATED,
    WITHDRAWN,
    TRANSFERRED
}
