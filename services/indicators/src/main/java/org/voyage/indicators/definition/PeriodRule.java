package org.voyage.indicators.definition;

import java.util.List;
import java.util.stream.Stream;

/** Rule that decides the period in which a fact counts. */
public sealed interface PeriodRule {

    /**
     * At every date D with all {@code starts} present and &le; D, and none of the {@code ends} present and &le; D.
     *
     * @param starts one or more, one of them of the record itself
     */
    record StockPeriodRule(List<PeriodBoundary> starts, List<PeriodBoundary> ends) implements PeriodRule {
        public StockPeriodRule {
            starts = List.copyOf(starts);
            ends = List.copyOf(ends);
        }

        /** Returns whether the period also depends on dates of joined records. */
        public boolean usesJoinedRecords() {
            return Stream.concat(starts.stream(), ends.stream()).anyMatch(PeriodBoundary::isJoined);
        }

        /** Returns the field of the record itself that decides the first day. */
        public String ownStartField() {
            return starts.stream()
                    .filter(start -> !start.isJoined())
                    .findFirst()
                    .orElseThrow()
                    .field();
        }
    }

    /** In the year that a field states; months are not known. */
    record YearFlowPeriodRule(String yearField) implements PeriodRule {}

    /** In the period that contains the date of a field. */
    record DateFlowPeriodRule(String dateField) implements PeriodRule {}
}
