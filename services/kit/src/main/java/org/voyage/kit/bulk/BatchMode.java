package org.voyage.kit.bulk;

/** How rows hang together. */
public enum BatchMode {
    /** Each row for itself: a refused one does not hinder the others. */
    ROWS,
    /** Everything or nothing. */
    ALL
}
