package org.voyage.mobility.enrolment;

/** Who pays for the most part. */
public enum Funding {
    CHINESE_GOVERNMENT,
    PROVINCIAL_GOVERNMENT,
    COLLEGE,
    ENTERPRISE,
    FOREIGN_GOVERNMENT,
    SELF
}
