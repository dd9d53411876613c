package org.voyage.overseas.school;

/** How far a school's training goes. */
public enum SchoolTier {
    WORKSHOP,
    APPLIED_TECHNOLOGY_COLLEGE,
    APPLIED_TECHNOLOGY_UNIVERSITY
}
