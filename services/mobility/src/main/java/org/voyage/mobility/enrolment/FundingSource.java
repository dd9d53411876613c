package org.voyage.mobility.enrolment;

/** Who pays for the most part. */
public enum FundingSource {
    CHINESE_GOVERNMENT,
    PROVINCIAL_GOVERNMENT,
    COLLEGE,
    ENTERPRISE,
    FOREIGN_GOVERNMENT,
    SELF
}
