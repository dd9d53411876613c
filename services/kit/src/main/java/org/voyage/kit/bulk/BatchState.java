package org.voyage.kit.bulk;

/** Where a batch is. */
public enum BatchState {
    RUNNING,
    /** Every row was read and has its outcome. */
    DONE,
    /** It ended early: refused as a whole, or something broke. Rows of mode rows with an outcome are stored. */
    FAILED,
    /** The service or the sender went away. Rows of mode rows with an outcome are stored. */
    INTERRUPTED
}
