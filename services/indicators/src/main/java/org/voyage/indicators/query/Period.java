package org.voyage.indicators.query;

import java.time.LocalDate;
import java.time.YearMonth;

/** The time that is asked about; its text is as it is asked. */
public sealed interface Period {

    /** The newest year that is over. */
    static int lastFinished(LocalDate today) {
        return today.getYear() - 1;
    }

    /** The year that today is in, as of today. */
    record Current() implements Period {}

    record Year(int year) implements Period {
        @Override
        public String toString() {
            return String.valueOf(year);
        }
    }

    record Month(YearMonth month) implements Period {
        @Override
        public String toString() {
            return month.toString();
        }
    }

    /** Both included. */
    record Years(int first, int last) implements Period {
        @Override
        public String toString() {
            return first + ".." + last;
        }
    }
}
