package org.voyage.standards.credential;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Record of one credential recognition: a certificate of an online or cross-border course, submitted in a country.
 *
 * @param credential title of the certificate or credits
 * @param course that led to it
 * @param college 10-digit school code
 * @param country ISO 3166-1 alpha-3, abroad
 * @param decidedOn the year in which it counts; not before it was submitted
 */
public record CredentialRecognition(
        String credential,
        @Nullable String course,
        CourseDelivery delivery,
        String college,
        String country,
        LocalDate submittedOn,
        CredentialDecision decision,
        LocalDate decidedOn) {

    /**
     * Returns the parts that count in the year: all but the texts and the day of submission. Returns null if the
     * decision was in another year.
     */
    @Nullable
    Object inYear(int year) {
        return decidedOn.getYear() == year ? List.of(decidedOn, delivery, college, country, decision) : null;
    }
}
