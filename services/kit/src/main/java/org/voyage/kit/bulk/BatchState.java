package org.voyage.kit.bulk;

/** Where a batch is. */
public enum BatchState {
    /** The file is on its way to us. */
    RECEIVING,
    /** The file is here whole. The service works on it, after a crash too, until its end or its last attempt. */
    RUNNING,
    /** Every row was read and has its outcome. */
    DONE,
    /** It ended early: refused as a whole, or something broke. Rows of mode rows with an outcome are stored. */
    FAILED,
    /** The sender or we went away before the file was here; no row is stored. Or the file itself was lost since. */
    INTERRUPTED
}
