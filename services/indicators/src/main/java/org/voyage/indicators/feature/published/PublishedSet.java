package org.voyage.indicators.feature.published;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;

/**
 * A version of a set of published statistics.
 *
 * @param source who published it, and where
 * @param publishedOn when; a line may name a day of its own
 * @param loadedBy the client that sent it
 */
record PublishedSet(
        SetVersion setVersion,
        String title,
        String source,
        Optional<LocalDate> publishedOn,
        int lines,
        Instant loadedAt,
        String loadedBy,
        Optional<SetWithdrawal> withdrawal) {

    /** A version that was withdrawn is not compared any more, and can be read still. */
    record SetWithdrawal(String reason, Instant at, String by) {}

    boolean isWithdrawn() {
        return withdrawal.isPresent();
    }

    /** Whether it says the same of itself; its lines are another matter. */
    boolean isDescribedAs(String otherTitle, String otherSource, Optional<LocalDate> otherPublishedOn) {
        return title.equals(otherTitle) && source.equals(otherSource) && publishedOn.equals(otherPublishedOn);
    }
}
