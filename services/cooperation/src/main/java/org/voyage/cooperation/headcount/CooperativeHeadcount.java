package org.voyage.cooperation.headcount;

import org.jspecify.annotations.Nullable;

/**
 * Students of one institution or programme in one year.
 *
 * @param institution its sourceId, in the same province; null for a programme
 * @param programme its sourceId, in the same province; null for an institution
 * @param students 0 or more
 */
public record CooperativeHeadcount(
        @Nullable String institution, @Nullable String programme, int year, long students) {

    /** What it counts year after year. */
    String series() {
        return institution == null ? "programme " + programme : "institution " + institution;
    }

    /** The same of another institution, or of another programme. */
    CooperativeHeadcount withParent(String other) {
        return institution == null
                ? new CooperativeHeadcount(null, other, year, students)
                : new CooperativeHeadcount(other, null, year, students);
    }
}
