package org.voyage.indicators.feature.published;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.voyage.indicators.feature.published.PublishedStatistic.SetVersion;

/**
 * Version of a set of published statistics.
 *
 * @param source publisher and place of publication
 * @param publishedOn day of publication; a line may have a day of its own
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

    /** The withdrawal of a version. A withdrawn version is no longer compared, but still readable. */
    record SetWithdrawal(String reason, Instant at, String by) {}

    boolean isWithdrawn() {
        return withdrawal.isPresent();
    }

    /** Returns whether the set has this description; the lines may differ. */
    boolean isDescribedAs(String otherTitle, String otherSource, Optional<LocalDate> otherPublishedOn) {
        return title.equals(otherTitle) && source.equals(otherSource) && publishedOn.equals(otherPublishedOn);
    }
}
