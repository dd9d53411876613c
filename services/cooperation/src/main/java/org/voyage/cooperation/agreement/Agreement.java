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
 * Agreement of a college with foreign partners: the common part of an institution and a programme.
 *
 * @param nameEn English name, if there is one
 * @param college 10-digit school code
 * @param foreignPartners at least one
 * @param approvedOn first day on which it counts
 * @param enrollingFrom set when enrolling or suspended; not before the approval
 * @param suspendedOn first day without new students, if known; set while suspended or when it ended suspended
 * @param terminatedOn first day on which it is no longer active; set exactly when terminated
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

    /**
     * Checks that the lifecycle allows the change to the other agreement.
     *
     * @throws Refusal.Invalid when the lifecycle does not allow it
     */
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

    /** Returns whether both agreements were active on the same days. */
    public boolean wasActiveOnSameDaysAs(Agreement other) {
        return approvedOn.equals(other.approvedOn) && Objects.equals(terminatedOn, other.terminatedOn);
    }

    /** Returns whether the figures of its headcounts see no difference between the two agreements. */
    public boolean countsSameAs(Agreement other) {
        return college.equals(other.college) && scheme == other.scheme;
    }

    /** Returns whether the agreement was active on any day of the year. */
    public boolean wasActiveIn(int year) {
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate begin = approvedOn.isAfter(first) ? approvedOn : first;
        return approvedOn.getYear() <= year && (terminatedOn == null || terminatedOn.isAfter(begin));
    }

    /**
     * Returns the parts that count in the year: all but the texts and the status, with the dates that lie in the year.
     * Returns null if the agreement does not count in the year.
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
