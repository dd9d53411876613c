package org.voyage.indicators.indicator;

import java.util.List;

/** When a fact counts. */
public sealed interface PeriodRule {

    /** At every date D with {@code from} &le; D and none of the dates {@code until} present and &le; D. */
    record Stock(String from, List<String> until) implements PeriodRule {
        public Stock {
            until = List.copyOf(until);
        }
    }

    /** In the year that a field states; months are not known. */
    record FlowOfYear(String year) implements PeriodRule {}

    /** In the period that contains the date of a field. */
    record FlowOnDate(String on) implements PeriodRule {}
}
