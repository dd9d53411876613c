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

    /** Returns the key of the series of yearly counts that this headcount belongs to. */
    String series() {
        return institution == null ? "programme " + programme : "institution " + institution;
    }

    /** Returns this headcount with another institution or programme. */
    CooperativeHeadcount withParent(String other) {
        return institution == null
                ? new CooperativeHeadcount(null, other, year, students)
                : new CooperativeHeadcount(other, null, year, students);
    }
}
