package org.voyage.indicators.feature.published;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Statistic as its source published it.
 *
 * @param setVersion the version of the set that contains it
 * @param figure its name; lines of one series share it
 * @param relation {@code =} exact, {@code >} more than, {@code ~} about
 * @param increment the increase over the line before that the source itself states
 * @param derivation how it follows from others, in words
 * @param publishedOn the day of its publication, of the line or else of its set
 * @param indicator the figure of the platform that computes it
 * @param slice the query to that figure, as a query string
 */
public record PublishedStatistic(
        SetVersion setVersion,
        String figure,
        String period,
        BigDecimal value,
        Optional<BigDecimal> increment,
        String unit,
        String relation,
        String service,
        String derivation,
        String source,
        Optional<LocalDate> publishedOn,
        Optional<String> indicator,
        String slice) {

    /** @param version from 1, growing by one */
    public record SetVersion(String set, int version) {

        /** The set of the platform. */
        public static final SetVersion BUILT_IN = new SetVersion("built-in", 1);

        static final int MAX_NAME_LENGTH = 60;
        private static final Pattern NAME_PATTERN = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

        /** Returns whether the text is a valid name of a set. */
        public static boolean isValidName(String set) {
            return set.length() <= MAX_NAME_LENGTH && NAME_PATTERN.matcher(set).matches();
        }
    }

    public boolean isExact() {
        return relation.equals("=");
    }
}
