package org.voyage.cooperation.agreement;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * What a bureau says of an institution and of a programme alike.
 *
 * @param nameEn its English name, if it has one
 * @param college 10-digit school code
 * @param foreignPartners at least one
 * @param approvedOn from this day it counts
 * @param enrollingFrom set when enrolling or suspended; not before the approval
 * @param suspendedOn first day on which it took nobody in, if known; while suspended, and when it ended so
 * @param terminatedOn first day on which it no longer stands; set exactly when terminated
 */
public record Agreement(
        String name,
        @Nullable String nameEn,
        String college,
        List<ForeignPartner> foreignPartners,
        String approvalNumber,
        LocalDate approvedOn,
        CooperationScheme scheme,
        CooperationStatus status,
        @Nullable LocalDate enrollingFrom,
        @Nullable LocalDate suspendedOn,
        @Nullable LocalDate terminatedOn) {

    /** @throws Refusal.Invalid when the lifecycle does not lead from this to the other */
    public void requireSuccessor(Agreement other) {
        if (!status.nextStatuses().contains(other.status)) {
            String from = CodeSet.toKebab(status);
            String to = CodeSet.toKebab(other.status);
            throw new Refusal.Invalid(Finding.field(
                    "status",
                    "lifecycle",
                    "It cannot go from " + from + " to " + to + ".",
                    "状态不能从“" + status.zh() + "”变为“" + other.status.zh() + "”。"));
        }
    }

    /** Whether both stood on the same days. */
    public boolean wasActiveOnSameDaysAs(Agreement other) {
        return approvedOn.equals(other.approvedOn) && Objects.equals(terminatedOn, other.terminatedOn);
    }

    /** Whether the figures of its headcounts, which see an agreement through these only, see both alike. */
    public boolean countsSameAs(Agreement other) {
        return college.equals(other.college) && scheme == other.scheme;
    }

    /** Whether it stood on any day of the year. */
    public boolean wasActiveIn(int year) {
        return approvedOn.getYear() <= year && (terminatedOn == null || terminatedOn.isAfter(LocalDate.of(year, 1, 1)));
    }

    /**
     * All but its words and its status, which is of today and of no year; of its dates only those that lie in the year.
     * Null if it does not count.
     */
    public @Nullable Object inYear(int year) {
        if (approvedOn.getYear() > year || terminatedOn != null && terminatedOn.getYear() < year) {
            return null;
        }
        return Arrays.asList(
                approvedOn.getYear() == year ? approvedOn : null,
                terminatedOn != null && terminatedOn.getYear() == year ? terminatedOn : null,
                college,
                foreignPartners.stream().map(ForeignPartner::country).toList(),
                scheme);
    }
}
