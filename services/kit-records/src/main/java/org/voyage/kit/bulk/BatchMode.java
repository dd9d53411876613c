package org.voyage.kit.bulk;

/** Mode of a batch: whether its rows are stored together. */
public enum BatchMode {
    /** Each row independently: a refused row does not hinder the others. */
    ROWS,
    /** All rows or none. */
    ALL
}
