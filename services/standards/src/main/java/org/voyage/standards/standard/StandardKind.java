package org.voyage.standards.standard;

/** What a standard is about (contracts/reference/standard-kinds.csv). */
public enum StandardKind {
    INSTRUCTION,
    CURRICULUM,
    OCCUPATIONAL
}
