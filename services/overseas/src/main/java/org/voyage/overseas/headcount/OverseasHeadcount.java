package org.voyage.overseas.headcount;

/**
 * Students of one school and major in one year.
 *
 * @param school the school's sourceId, in the same province
 * @param major 6-digit code of the vocational catalogue 2021
 * @param students 0 or more
 */
public record OverseasHeadcount(String school, int year, String major, long students) {

    /** What it counts year after year. */
    String series() {
        return school + " " + major;
    }

    /** The same of another school. */
    OverseasHeadcount withSchool(String other) {
        return new OverseasHeadcount(other, year, major, students);
    }
}
