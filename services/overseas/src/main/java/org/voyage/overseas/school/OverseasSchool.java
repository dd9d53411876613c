package org.voyage.overseas.school;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/**
 * Record of an overseas school as a bureau reports it.
 *
 * @param nameEn English name, if there is one
 * @param hostCountry ISO 3166-1 alpha-3
 * @param foundingColleges 10-digit school codes, at least one
 * @param majors 6-digit codes of the vocational catalogue 2021
 * @param openedOn first day of teaching; null only while planned
 * @param closedOn first day without teaching; set exactly when closed
 */
public record OverseasSchool(
        String name,
        @Nullable String nameEn,
        SchoolBrand brand,
        SchoolTier tier,
        SchoolForm form,
        String hostCountry,
        @Nullable String hostCity,
        List<String> foundingColleges,
        List<SchoolPartner> foreignPartners,
        List<String> enterprises,
        List<String> majors,
        OverseasSchoolStatus status,
        @Nullable LocalDate openedOn,
        @Nullable LocalDate closedOn) {

    /** Returns whether the school was open on a day of the year. */
    public boolean wasOpenIn(int year) {
        if (openedOn == null || openedOn.getYear() > year) {
            return false;
        }
        LocalDate first = LocalDate.of(year, 1, 1);
        return closedOn == null || closedOn.isAfter(openedOn.isAfter(first) ? openedOn : first);
    }

    /** Returns whether the school was open on the day. */
    public boolean wasOpenOn(LocalDate day) {
        return openedOn != null && !day.isBefore(openedOn) && (closedOn == null || day.isBefore(closedOn));
    }

    /** Returns whether both schools were open on the same days. */
    boolean wasOpenOnSameDaysAs(OverseasSchool other) {
        return Objects.equals(openedOn, other.openedOn) && Objects.equals(closedOn, other.closedOn);
    }

    /** Returns whether the figures of its headcounts and trainings see no difference between the two schools. */
    boolean countsSameAs(OverseasSchool other) {
        return brand == other.brand
                && tier == other.tier
                && form == other.form
                && hostCountry.equals(other.hostCountry);
    }

    /**
     * Checks that the lifecycle allows the change to the other state.
     *
     * @throws Refusal.Invalid when the lifecycle does not allow it
     */
    void requireSuccessor(OverseasSchool other) {
        if (!status.nextStatuses().contains(other.status)) {
            String from = CodeSet.toKebab(status);
            String to = CodeSet.toKebab(other.status);
            throw new Refusal.Invalid(Finding.field(
                    "status",
                    "lifecycle",
                    "A school cannot go from " + from + " to " + to + ".",
                    "境外办学机构的状态不能从“" + status.zh() + "”变为“" + other.status.zh() + "”。"));
        }
    }
}
