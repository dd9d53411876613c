package org.voyage.mobility.enrolment;

/** How an enrolment stands or ended. */
public enum Outcome {
    ENROLLED,
    GRADUATED,
    WITHDRAWN,
    TRANSFERRED
}
