package org.voyage.overseas.school;

/** Form in which a school is set up. */
public enum SchoolForm {
    BRANCH,
    TEACHING_BASE,
    TRAINING_CENTRE,
    INDUSTRIAL_COLLEGE
}
