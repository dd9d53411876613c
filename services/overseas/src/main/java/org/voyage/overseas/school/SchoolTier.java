package org.voyage.overseas.school;

/** Tier of a school's training. */
public enum SchoolTier {
    WORKSHOP,
    APPLIED_TECHNOLOGY_COLLEGE,
    APPLIED_TECHNOLOGY_UNIVERSITY
}
