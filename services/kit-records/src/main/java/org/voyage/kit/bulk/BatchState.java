package org.voyage.kit.bulk;

/** State of a batch. */
public enum BatchState {
    /** The upload is running. */
    RECEIVING,
    /** The file is complete. The service works on it, after a crash too, until its end or its last attempt. */
    RUNNING,
    /** Every row was read and has its outcome. */
    DONE,
    /** The batch ended early: refused as a whole, or after a failure. Rows of mode rows with an outcome are stored. */
    FAILED,
    /**
     * The upload was interrupted before the file was complete, and no row is stored. Or the file itself was lost later.
     */
    INTERRUPTED
}
