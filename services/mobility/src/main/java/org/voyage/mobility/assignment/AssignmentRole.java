package org.voyage.mobility.assignment;

/** Role of teachers abroad. */
public enum AssignmentRole {
    GUIDANCE,
    TRAINING,
    POSITION
}
