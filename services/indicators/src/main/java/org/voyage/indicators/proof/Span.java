package org.voyage.indicators.proof;

import java.time.LocalDate;
import java.time.YearMonth;
import org.voyage.indicators.indicator.PeriodRule;

/** The days that a value stands for, both included; a stock is taken at the end of the last. */
record Span(LocalDate from, LocalDate to) {

    /** Whole years, or what of them has been. */
    static Span years(int first, int last, LocalDate today) {
        LocalDate end = LocalDate.of(last, 12, 31);
        return new Span(LocalDate.of(first, 1, 1), end.isBefore(today) ? end : today);
    }

    Span firstYear() {
        return new Span(from, from.withMonth(12).withDayOfMonth(31));
    }

    Span lastYear() {
        return new Span(to.withDayOfYear(1), to);
    }

    /** How many years lie between the first and the last. */
    int years() {
        return to.getYear() - from.getYear();
    }

    /** The same days some years before. The end of a month stays the end of the month. */
    Span back(int years) {
        boolean endsMonth = to.plusDays(1).getDayOfMonth() == 1;
        LocalDate end = to.minusYears(years);
        return new Span(from.minusYears(years), endsMonth ? YearMonth.from(end).atEndOfMonth() : end);
    }

    /** The first time of a figure's cells that counts. */
    int first(PeriodRule rule) {
        return switch (rule) {
            case PeriodRule.Stock _ -> Integer.MIN_VALUE;
            case PeriodRule.FlowOnDate _ -> (int) from.toEpochDay();
            case PeriodRule.FlowOfYear _ -> from.getYear();
        };
    }

    /** The last that does. */
    int last(PeriodRule rule) {
        return switch (rule) {
            case PeriodRule.Stock _, PeriodRule.FlowOnDate _ -> (int) to.toEpochDay();
            case PeriodRule.FlowOfYear _ -> to.getYear();
        };
    }
}
