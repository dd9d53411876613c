package org.voyage.mobility.enrolment;

/** Source that pays the largest part of an enrolment. */
public enum FundingSource {
    CHINESE_GOVERNMENT,
    PROVINCIAL_GOVERNMENT,
    COLLEGE,
    ENTERPRISE,
    FOREIGN_GOVERNMENT,
    SELF
}
