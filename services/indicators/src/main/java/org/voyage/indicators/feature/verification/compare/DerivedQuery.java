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
 * One question about a derived figure: its values in several years, or, of a growth, from the first year to the last.
 *
 * @param breakdowns what it is split by besides, as in {@link ValueSpec#breakdowns}
 */
public record DerivedQuery(DerivedFigure figure, List<String> breakdowns, int firstYear, int lastYear) {

    /** Nobody can ask for years before. */
    private static final int FIRST_YEAR = 1900;
    /** Each first year of a growth is a question of its own, to the last year that is over. */
    private static final int GROWTH_YEARS = 30;

    public DerivedQuery {
        breakdowns = List.copyOf(breakdowns);
    }

    /** About those that are derived, from the first year that has something of what is behind them to this one. */
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

    /** The whole nation, and each split by one dimension or one list of members, in every year from the first to the last. */
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

    /** How the time of a value is named beside its codes. */
    String timeName() {
        return isByYear() ? "year" : "period";
    }

    String formatPeriod() {
        return firstYear + ".." + lastYear;
    }

    /** By their names the times that there are values for. */
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
