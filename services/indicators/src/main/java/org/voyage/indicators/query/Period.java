package org.voyage.indicators.query;

import java.time.YearMonth;

/** The time that is asked about. */
public sealed interface Period {

    /** The year that today is in, as of today. */
    record Current() implements Period {}

    record Year(int year) implements Period {}

    record Month(YearMonth month) implements Period {}

    /** Both included. */
    record Years(int first, int last) implements Period {}
}
