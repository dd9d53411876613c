package org.voyage.indicators.definition;

import java.util.List;

/** Rule that decides the period in which a fact counts. */
public sealed interface PeriodRule {

    /** At every date D with {@code from} &le; D and none of the dates {@code until} present and &le; D. */
    record StockPeriodRule(String fromField, List<String> untilFields) implements PeriodRule {
        public StockPeriodRule {
            untilFields = List.copyOf(untilFields);
        }
    }

    /** In the year that a field states; months are not known. */
    record YearFlowPeriodRule(String yearField) implements PeriodRule {}

    /** In the period that contains the date of a field. */
    record DateFlowPeriodRule(String dateField) implements PeriodRule {}
}
