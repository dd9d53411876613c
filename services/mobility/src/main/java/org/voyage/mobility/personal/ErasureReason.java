package org.voyage.mobility.personal;

/** Why personal data is erased. A code and no text: the audit trail keeps it for ever, and texts name people. */
public enum ErasureReason {
    /** The student, or whoever speaks for him, took the consent back or asked for it. */
    STUDENT_REQUEST,
    /** What it was collected for is done, or its time is over. */
    PURPOSE_FULFILLED,
    /** It should not have been collected, or not like this. */
    UNLAWFUL,
    /** Another one that law or an authority gives. */
    OTHER
}
