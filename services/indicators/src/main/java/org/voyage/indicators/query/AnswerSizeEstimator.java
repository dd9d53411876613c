package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.reference.ReferenceData;

/**
 * Estimator of the number of values in an answer, from the query alone: each breakdown multiplies by its number of
 * codes. Real answers are smaller, because most combinations do not occur.
 */
@ApplicationScoped
public class AnswerSizeEstimator {
    /** Of a dimension without a list of codes, such as colleges. */
    private static final int UNLISTED_CODES = 300;

    private static final int CURRENT_YEARS = 20;
    private static final int MEMBERSHIP_CODES = 2;

    private final ReferenceData reference;

    AnswerSizeEstimator(ReferenceData reference) {
        this.reference = reference;
    }

    /** Returns the number of values of several queries together. */
    public long estimateValues(Collection<FigureQuery> queries) {
        return queries.stream().mapToLong(this::estimateValues).sum();
    }

    private long estimateValues(FigureQuery query) {
        long values = 1;
        for (Breakdown breakdown : query.breakdowns()) {
            values *= switch (breakdown) {
                case Breakdown.YearBreakdown _ -> countYears(query.period());
                case Breakdown.MembershipBreakdown _ -> MEMBERSHIP_CODES;
                case Breakdown.DimensionBreakdown(String name) -> countCodes(query, name);
            };
        }
        return values;
    }

    private static int countYears(PeriodFilter period) {
        return switch (period) {
            case PeriodFilter.YearRangePeriod(int first, int last) -> Math.max(1, last - first + 1);
            case PeriodFilter.YearPeriod _, PeriodFilter.MonthPeriod _ -> 1;
            case PeriodFilter.CurrentPeriod _ -> CURRENT_YEARS;
        };
    }

    private int countCodes(FigureQuery query, String dimension) {
        @Nullable Collection<String> filtered = query.filters().get(dimension);
        return filtered != null
                ? Math.max(1, filtered.size())
                : reference
                        .findCodes(query.figure().records(), dimension)
                        .map(list -> list.codes().size())
                        .orElse(UNLISTED_CODES);
    }
}
