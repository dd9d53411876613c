package org.voyage.overseas.school;

/** How far a school's training goes. */
public enum Tier {
    WORKSHOP,
    APPLIED_TECHNOLOGY_COLLEGE,
    APPLIED_TECHNOLOGY_UNIVERSITY
}
