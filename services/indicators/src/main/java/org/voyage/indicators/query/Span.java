package org.voyage.indicators.query;

import java.time.LocalDate;

/** The days that one value of a question without {@code by=year} stands for; a stock is that of the last. */
public record Span(LocalDate from, LocalDate to) {

    public static Span of(Period period, LocalDate today) {
        return switch (period) {
            case Period.Current _ -> years(today.getYear(), today.getYear(), today);
            case Period.Year year -> years(year.year(), year.year(), today);
            case Period.Years years -> years(years.first(), years.last(), today);
            case Period.Month month ->
                new Span(month.month().atDay(1), earlier(month.month().atEndOfMonth(), today));
        };
    }

    private static Span years(int first, int last, LocalDate today) {
        return new Span(LocalDate.of(first, 1, 1), earlier(LocalDate.of(last, 12, 31), today));
    }

    private static LocalDate earlier(LocalDate end, LocalDate today) {
        return end.isAfter(today) ? today : end;
    }
}
