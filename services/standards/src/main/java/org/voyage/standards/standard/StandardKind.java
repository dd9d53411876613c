package org.voyage.standards.standard;

/** Kind of a standard (contracts/reference/standard-kinds.csv). */
public enum StandardKind {
    INSTRUCTION,
    CURRICULUM,
    OCCUPATIONAL
}
