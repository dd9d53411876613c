package org.voyage.indicators.live;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.live.ReferenceRecount.NamedPeriod;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.PeriodFilter;

/** Generator of queries on one figure: breakdowns, periods, filters and lists. */
final class FigureQueryGenerator {

    private final CountedFigure figure;
    private final ReferenceRecount naive;
    private final Random random;
    private final List<List<Breakdown>> splits = new ArrayList<>();

    /** @param naive source of the existing codes, so that filters match some facts */
    FigureQueryGenerator(CountedFigure figure, ReferenceRecount naive, Random random) {
        this.figure = figure;
        this.naive = naive;
        this.random = random;
        splits.add(List.of());
        figure.dimensions().forEach(dimension -> splits.add(List.of(new Breakdown.DimensionBreakdown(dimension))));
        for (boolean then : new boolean[] {true, false}) {
            if (figure.lists().contains("double-high")) {
                splits.add(List.of(new Breakdown.MembershipBreakdown(new ListCriterion("double-high", then))));
            }
            if (!figure.lists().contains("brics")) {
                continue;
            }
            splits.add(List.of(new Breakdown.MembershipBreakdown(new ListCriterion("belt-and-road", then))));
            splits.add(List.of(
                    new Breakdown.DimensionBreakdown("region"),
                    new Breakdown.MembershipBreakdown(new ListCriterion("brics", then))));
        }
    }

    /** Returns the total and every single breakdown as of today, and a few random queries. */
    List<TimedFigureQuery> allQueries() {
        List<TimedFigureQuery> questions = new ArrayList<>();
        for (List<Breakdown> split : splits) {
            questions.add(new TimedFigureQuery(
                    createQuery(split, Map.of(), List.of(), new PeriodFilter.CurrentPeriod()),
                    List.of(TimedFigureQuery.yearPeriod(TestFigures.TODAY.getYear()))));
        }
        questions.addAll(randomQueries());
        return questions;
    }

    /** Returns a breakdown by years, one in a past year or month, and each of them with filters and lists. */
    List<TimedFigureQuery> randomQueries() {
        List<TimedFigureQuery> questions = new ArrayList<>();
        for (boolean narrowed : new boolean[] {false, true}) {
            Map<String, Set<String>> filters = narrowed ? randomFilters() : Map.of();
            List<ListCriterion> lists = narrowed ? randomLists() : List.of();
            questions.add(yearQuery(randomSplit(), filters, lists));
            questions.add(pastQuery(randomSplit(), filters, lists));
        }
        return questions;
    }

    private TimedFigureQuery yearQuery(
            List<Breakdown> split, Map<String, Set<String>> filters, List<ListCriterion> lists) {
        List<Breakdown> withYear = new ArrayList<>(split);
        withYear.add(random.nextInt(split.size() + 1), new Breakdown.YearBreakdown());
        int first = 2011 + random.nextInt(16);
        return new TimedFigureQuery(
                createQuery(
                        withYear, filters, lists, new PeriodFilter.YearRangePeriod(first, TestFigures.TODAY.getYear())),
                IntStream.rangeClosed(first, TestFigures.TODAY.getYear())
                        .mapToObj(TimedFigureQuery::yearPeriod)
                        .toList());
    }

    private TimedFigureQuery pastQuery(
            List<Breakdown> split, Map<String, Set<String>> filters, List<ListCriterion> lists) {
        if (figure.period() instanceof PeriodRule.YearFlowPeriodRule || random.nextBoolean()) {
            int year = 2011 + random.nextInt(16);
            return new TimedFigureQuery(
                    createQuery(split, filters, lists, new PeriodFilter.YearPeriod(year)),
                    List.of(TimedFigureQuery.yearPeriod(year)));
        }
        YearMonth month = random.nextBoolean() ? YearMonth.of(2024, 2) : YearMonth.of(2026, 11);
        LocalDate end = month.atEndOfMonth().isAfter(TestFigures.TODAY) ? TestFigures.TODAY : month.atEndOfMonth();
        return new TimedFigureQuery(
                createQuery(split, filters, lists, new PeriodFilter.MonthPeriod(month)),
                List.of(new NamedPeriod("", month.atDay(1), end)));
    }

    /** Returns filters on one or two dimensions, with one or two codes each; sometimes a code that does not occur. */
    private Map<String, Set<String>> randomFilters() {
        Map<String, Set<String>> filters = new LinkedHashMap<>();
        List<String> coded = new ArrayList<>(figure.dimensions());
        coded.removeAll(figure.numbers().keySet());
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String dimension = pickOne(coded);
            List<String> known = new ArrayList<>(naive.codesOf(figure, dimension));
            known.add("nowhere");
            filters.put(dimension, new TreeSet<>(Set.of(pickOne(known))));
            filters.get(dimension).add(pickOne(known));
        }
        return filters;
    }

    private List<ListCriterion> randomLists() {
        List<String> known = new ArrayList<>(List.of("belt-and-road", "brics", "double-high"));
        known.retainAll(figure.lists());
        return known.isEmpty() || random.nextInt(3) == 0
                ? List.of()
                : List.of(new ListCriterion(pickOne(known), random.nextBoolean()));
    }

    private FigureQuery createQuery(
            List<Breakdown> by, Map<String, Set<String>> filters, List<ListCriterion> lists, PeriodFilter period) {
        return new FigureQuery(figure, by, filters, lists, period);
    }

    private List<Breakdown> randomSplit() {
        return pickOne(splits);
    }

    private <T> T pickOne(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
