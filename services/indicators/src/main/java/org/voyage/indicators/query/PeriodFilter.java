package org.voyage.indicators.query;

import java.time.LocalDate;
import java.time.YearMonth;

/** The time that is asked about; its text is as it is asked. */
public sealed interface PeriodFilter {

    /** The newest year that is over. */
    static int lastFinishedYear(LocalDate today) {
        return today.getYear() - 1;
    }

    /** The year that today is in, as of today. */
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

    /** Both included. */
    record YearRangePeriod(int firstYear, int lastYear) implements PeriodFilter {
        @Override
        public String toString() {
            return firstYear + ".." + lastYear;
        }
    }
}
