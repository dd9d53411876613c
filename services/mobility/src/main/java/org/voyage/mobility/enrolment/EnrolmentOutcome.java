package org.voyage.mobility.enrolment;

/** How an enrolment stands or ended. */
public enum EnrolmentOutcome {
    ENROLLED,
    GRADUATED,
    WITHDRAWN,
    TRANSFERRED
}
