package org.voyage.indicators.feature.verification.recount;

import java.time.LocalDate;
import java.time.YearMonth;
import org.voyage.indicators.definition.PeriodRule;

/** Range of days that a value is about, both included; a stock is taken at the end of the last. */
public record DateRange(LocalDate from, LocalDate to) {

    /** Returns whole years; the range ends today when the last year is not over. */
    public static DateRange ofYears(int first, int last, LocalDate today) {
        LocalDate end = LocalDate.of(last, 12, 31);
        return new DateRange(LocalDate.of(first, 1, 1), end.isBefore(today) ? end : today);
    }

    DateRange firstYear() {
        return new DateRange(from, from.withMonth(12).withDayOfMonth(31));
    }

    DateRange lastYear() {
        return new DateRange(to.withDayOfYear(1), to);
    }

    /** Returns the number of years between the first and the last. */
    int yearsBetween() {
        return to.getYear() - from.getYear();
    }

    /** Returns the same days some years before. The end of a month stays the end of the month. */
    DateRange minusYears(int years) {
        boolean endsMonth = to.plusDays(1).getDayOfMonth() == 1;
        LocalDate end = to.minusYears(years);
        return new DateRange(
                from.minusYears(years), endsMonth ? YearMonth.from(end).atEndOfMonth() : end);
    }

    /** Returns the first time of a figure's cells in the range. */
    int firstTime(PeriodRule rule) {
        return switch (rule) {
            case PeriodRule.StockPeriodRule _ -> Integer.MIN_VALUE;
            case PeriodRule.DateFlowPeriodRule _ -> (int) from.toEpochDay();
            case PeriodRule.YearFlowPeriodRule _ -> from.getYear();
        };
    }

    /** Returns the last time of a figure's cells in the range. */
    int lastTime(PeriodRule rule) {
        return switch (rule) {
            case PeriodRule.StockPeriodRule _, PeriodRule.DateFlowPeriodRule _ -> (int) to.toEpochDay();
            case PeriodRule.YearFlowPeriodRule _ -> to.getYear();
        };
    }
}
