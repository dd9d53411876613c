package org.voyage.cooperation.agreement;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Agreement of a college with foreign partners: the common part of an institution and a programme. */
public interface Agreement {

    String college();

    List<ForeignPartner> foreignPartners();

    LocalDate approvedOn();

    CooperationScheme scheme();

    CooperationStatus status();

    @Nullable
    LocalDate enrollingFrom();

    @Nullable
    LocalDate suspendedOn();

    @Nullable
    LocalDate terminatedOn();

    /** Returns whether both agreements were active on the same days. */
    default boolean wasActiveOnSameDaysAs(Agreement other) {
        return approvedOn().equals(other.approvedOn()) && Objects.equals(terminatedOn(), other.terminatedOn());
    }

    /** Returns whether the figures of its headcounts see no difference between the two agreements. */
    default boolean countsSameAs(Agreement other) {
        return college().equals(other.college()) && scheme() == other.scheme();
    }

    /** Returns whether the agreement was active on any day of the year. */
    default boolean wasActiveIn(int year) {
        LocalDate approved = approvedOn();
        LocalDate terminated = terminatedOn();
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate begin = approved.isAfter(first) ? approved : first;
        return approved.getYear() <= year && (terminated == null || terminated.isAfter(begin));
    }

    /**
     * Returns the parts that count in the year: all but the texts and the status, with the dates that lie in the year.
     * Returns null if the agreement does not count in the year.
     *
     * @param own part of the institution or programme that counts, too
     */
    default @Nullable Object inYear(int year, Object own) {
        LocalDate approved = approvedOn();
        LocalDate terminated = terminatedOn();
        if (approved.getYear() > year || terminated != null && terminated.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                approved.getYear() == year ? approved : null,
                terminated != null && terminated.getYear() == year ? terminated : null,
                college(),
                foreignPartners().stream().map(ForeignPartner::country).toList(),
                scheme(),
                own);
    }
}
