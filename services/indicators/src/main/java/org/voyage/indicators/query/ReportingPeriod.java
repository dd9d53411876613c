package org.voyage.indicators.query;

import java.time.LocalDate;

/**
 * One of the reporting periods of an answer.
 *
 * @param year its name in a breakdown by year
 */
public record ReportingPeriod(int year, LocalDate from, LocalDate to) {

    static ReportingPeriod ofYear(int year, LocalDate today) {
        LocalDate end = LocalDate.of(year, 12, 31);
        return new ReportingPeriod(year, LocalDate.of(year, 1, 1), end.isAfter(today) ? today : end);
    }

    /**
     * Returns the same days some years before, under the same name. The end of a month remains the end of the month.
     */
    ReportingPeriod minusYears(int years) {
        LocalDate end = to.minusYears(years);
        return new ReportingPeriod(
                year, from.minusYears(years), endsMonth() ? end.withDayOfMonth(end.lengthOfMonth()) : end);
    }

    /** Returns whether it is the whole year, or the year up to today. */
    boolean isWholeYear(LocalDate today) {
        return from.equals(LocalDate.of(year, 1, 1)) && to.getYear() == year && (endsYear() || to.equals(today));
    }

    boolean endsMonth() {
        return to.getDayOfMonth() == to.lengthOfMonth();
    }

    boolean endsYear() {
        return to.getDayOfYear() == to.lengthOfYear();
    }
}
