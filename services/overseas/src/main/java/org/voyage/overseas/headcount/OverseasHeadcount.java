package org.voyage.overseas.headcount;

/**
 * Record of one overseas headcount: students of one school and major in one year.
 *
 * @param school the school's sourceId, in the same province
 * @param major 6-digit code of the vocational catalogue 2021
 * @param students 0 or more
 */
public record OverseasHeadcount(String school, int year, String major, long students) {

    /** Returns the key of the series of yearly counts that this headcount belongs to. */
    String series() {
        return school + " " + major;
    }

    /** Returns this headcount with another school. */
    OverseasHeadcount withSchool(String other) {
        return new OverseasHeadcount(other, year, major, students);
    }
}
