package org.voyage.mobility.personal;

/**
 * Reason of an erasure of personal data. It is a code and no text: the audit trail keeps it permanently, and texts name
 * people.
 */
public enum ErasureReason {
    /** The student or a legal representative withdrew the consent or requested the erasure. */
    STUDENT_REQUEST,
    /** The purpose of the collection is fulfilled, or its time is over. */
    PURPOSE_FULFILLED,
    /** The data should not have been collected, or not in this way. */
    UNLAWFUL,
    /** Another reason that law or an authority gives. */
    OTHER
}
