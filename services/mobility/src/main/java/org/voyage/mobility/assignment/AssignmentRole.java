package org.voyage.mobility.assignment;

/** What teachers do abroad. */
public enum AssignmentRole {
    GUIDANCE,
    TRAINING,
    POSITION
}
