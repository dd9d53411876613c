package org.voyage.indicators.query;

import java.time.LocalDate;
import java.time.YearMonth;

/** Period of a query; its text is the client's. */
public sealed interface PeriodFilter {

    /** Returns the newest finished year. */
    static int lastFinishedYear(LocalDate today) {
        return today.getYear() - 1;
    }

    /** The year that today is in, up to today. */
    record CurrentPeriod() implements PeriodFilter {}

    record YearPeriod(int year) implements PeriodFilter {
        @Override
        public String toString() {
            return String.valueOf(year);
        }
    }

    record MonthPeriod(YearMonth month) implements PeriodFilter {
        @Override
        public String toString() {
            return month.toString();
        }
    }

    /** A range of years, both ends included. */
    record YearRangePeriod(int firstYear, int lastYear) implements PeriodFilter {
        @Override
        public String toString() {
            return firstYear + ".." + lastYear;
        }
    }
}
