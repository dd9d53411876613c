package org.voyage.indicators.feature.verification.compare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.feature.verification.recount.DateRange;
import org.voyage.indicators.feature.verification.recount.ValueSpec;

/**
 * Query about a derived figure: its values in several years, or a growth from the first year to the last.
 *
 * @param breakdowns further breakdowns, as in {@link ValueSpec#breakdowns}
 */
public record DerivedQuery(DerivedFigure figure, List<String> breakdowns, int firstYear, int lastYear) {

    /** First year that the API accepts. */
    private static final int FIRST_YEAR = 1900;
    /** Number of queries about a growth: one for each first year, all to the last finished year. */
    private static final int GROWTH_YEARS = 30;

    public DerivedQuery {
        breakdowns = List.copyOf(breakdowns);
    }

    /**
     * Returns the queries about the derived figures, from the first year with a value of an operand to the current
     * year.
     */
    public static List<DerivedQuery> queriesAbout(Collection<Figure> figures, FiguresSnapshot frozen, LocalDate today) {
        List<DerivedQuery> questions = new ArrayList<>();
        for (Figure figure : figures) {
            if (figure instanceof DerivedFigure derived) {
                int first = derived.countedFigures().stream()
                        .map(frozen::findFirstYear)
                        .flatMapToInt(OptionalInt::stream)
                        .min()
                        .orElse(today.getYear());
                questions.addAll(
                        queriesAbout(derived, Math.clamp(first, FIRST_YEAR, today.getYear()), today.getYear()));
            }
        }
        return questions;
    }

    /** Returns the queries for the nation and for each dimension and list, in every year from the first to the last. */
    private static List<DerivedQuery> queriesAbout(DerivedFigure figure, int first, int last) {
        List<List<String>> splits = new ArrayList<>();
        splits.add(List.of());
        figure.dimensions().forEach(dimension -> splits.add(List.of(dimension)));
        figure.lists()
                .forEach(list -> Stream.of("@then", "@now")
                        .forEach(when -> splits.add(List.of(ValueSpec.LIST_PREFIX + list + when))));
        return splits.stream()
                .flatMap(by -> isGrowth(figure)
                        ? IntStream.range(Math.max(first, last - 1 - GROWTH_YEARS), last - 1)
                                .mapToObj(year -> new DerivedQuery(figure, by, year, last - 1))
                        : Stream.of(new DerivedQuery(figure, by, first, last)))
                .toList();
    }

    private static boolean isGrowth(DerivedFigure figure) {
        return figure.rule() instanceof DerivationRule.GrowthRule;
    }

    boolean isByYear() {
        return !isGrowth(figure);
    }

    /** Returns the name of the time coordinate. */
    String timeName() {
        return isByYear() ? "year" : "period";
    }

    String formatPeriod() {
        return firstYear + ".." + lastYear;
    }

    /** Returns the dates of each time, by its name. */
    Map<String, DateRange> timeRanges(LocalDate today) {
        Map<String, DateRange> times = new LinkedHashMap<>();
        if (isByYear()) {
            IntStream.rangeClosed(firstYear, lastYear)
                    .forEach(year -> times.put(String.valueOf(year), DateRange.ofYears(year, year, today)));
        } else {
            times.put(formatPeriod(), DateRange.ofYears(firstYear, lastYear, today));
        }
        return times;
    }

    ValueSpec toValueSpec(DateRange span) {
        return new ValueSpec("", figure, breakdowns, Map.of(), span);
    }
}
