package org.voyage.standards.recognition;

import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Record of one recognition: one standard adopted in one country.
 *
 * @param standard its sourceId, in the same province
 * @param country ISO 3166-1 alpha-3; CHN when adopted at home
 * @param decidedOn first day on which it counts
 * @param expiresOn first day on which it no longer holds, after the decision; null if it does not expire
 * @param revokedOn first day on which it no longer holds because of a revocation; not before the decision
 * @param evidence a text or an address
 */
public record Recognition(
        String standard,
        String country,
        String adopter,
        RecognitionLevel level,
        LocalDate decidedOn,
        @Nullable LocalDate expiresOn,
        @Nullable LocalDate revokedOn,
        @Nullable String evidence) {

    /** Returns this recognition with another standard. */
    Recognition withStandard(String other) {
        return new Recognition(other, country, adopter, level, decidedOn, expiresOn, revokedOn, evidence);
    }

    /**
     * Checks that the other state keeps a revocation; its day may be corrected.
     *
     * @throws Refusal.Invalid when the other state drops the revocation
     */
    void requireSuccessor(Recognition other) {
        if (revokedOn != null && other.revokedOn == null) {
            throw new Refusal.Invalid(Finding.field(
                    "revokedOn",
                    "lifecycle",
                    "A recognition that was revoked stays so; one revoked by mistake is withdrawn and sent again.",
                    "采认一经撤销不能恢复；如属误报，请撤回该记录后重新报送。"));
        }
    }

    /** Returns the first day on which it no longer holds; null if none is known. */
    private @Nullable LocalDate endDay() {
        if (expiresOn == null || revokedOn == null) {
            return expiresOn == null ? revokedOn : expiresOn;
        }
        return expiresOn.isBefore(revokedOn) ? expiresOn : revokedOn;
    }

    /**
     * Returns the parts that count in the year: all but the texts, with the dates that lie in the year. Returns null if
     * the recognition does not count in the year.
     */
    @Nullable
    Object inYear(int year) {
        LocalDate end = endDay();
        if (decidedOn.getYear() > year || end != null && end.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                decidedOn.getYear() == year ? decidedOn : null,
                end != null && end.getYear() == year ? end : null,
                standard,
                country,
                level);
    }
}
