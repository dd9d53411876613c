package org.voyage.indicators.indicator;

import java.util.Optional;

/** When a fact counts. */
public sealed interface PeriodRule {

    /** At every date D with {@code from} &le; D and no {@code until}, or {@code until} &gt; D. */
    record Stock(String from, Optional<String> until) implements PeriodRule {}

    /** In the year that a field states; months are not known. */
    record FlowOfYear(String year) implements PeriodRule {}

    /** In the period that contains the date of a field. */
    record FlowOnDate(String on) implements PeriodRule {}
}
