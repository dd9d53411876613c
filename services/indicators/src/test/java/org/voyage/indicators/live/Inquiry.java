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
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.live.Naive.When;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Period;

/** What is asked about one figure: splits, times, filters and lists. */
final class Inquiry {

    private final Indicator indicator;
    private final Naive naive;
    private final Random random;
    private final List<List<By>> splits = new ArrayList<>();

    /** @param naive knows which codes occur, so that a filter leaves something */
    Inquiry(Indicator indicator, Naive naive, Random random) {
        this.indicator = indicator;
        this.naive = naive;
        this.random = random;
        splits.add(List.of());
        indicator.dimensions().forEach(dimension -> splits.add(List.of(new By.Dimension(dimension))));
        for (boolean then : new boolean[] {true, false}) {
            if (indicator.lists().contains("double-high")) {
                splits.add(List.of(new By.Membership(new ListMoment("double-high", then))));
            }
            if (!indicator.lists().contains("brics")) {
                continue;
            }
            splits.add(List.of(new By.Membership(new ListMoment("belt-and-road", then))));
            splits.add(List.of(new By.Dimension("region"), new By.Membership(new ListMoment("brics", then))));
        }
    }

    /** The total and every single split as of today, and a few by chance. */
    List<Asked> everything() {
        List<Asked> questions = new ArrayList<>();
        for (List<By> split : splits) {
            questions.add(new Asked(
                    query(split, Map.of(), List.of(), new Period.Current()),
                    List.of(Asked.when(World.TODAY.getYear()))));
        }
        questions.addAll(some());
        return questions;
    }

    /** A split by years, one of a past year or month, and each of them narrowed by filters and lists. */
    List<Asked> some() {
        List<Asked> questions = new ArrayList<>();
        for (boolean narrowed : new boolean[] {false, true}) {
            Map<String, Set<String>> filters = narrowed ? filters() : Map.of();
            List<ListMoment> lists = narrowed ? lists() : List.of();
            questions.add(years(split(), filters, lists));
            questions.add(past(split(), filters, lists));
        }
        return questions;
    }

    private Asked years(List<By> split, Map<String, Set<String>> filters, List<ListMoment> lists) {
        List<By> withYear = new ArrayList<>(split);
        withYear.add(random.nextInt(split.size() + 1), new By.Year());
        int first = 2011 + random.nextInt(16);
        return new Asked(
                query(withYear, filters, lists, new Period.Years(first, World.TODAY.getYear())),
                IntStream.rangeClosed(first, World.TODAY.getYear())
                        .mapToObj(Asked::when)
                        .toList());
    }

    private Asked past(List<By> split, Map<String, Set<String>> filters, List<ListMoment> lists) {
        if (indicator.period() instanceof PeriodRule.FlowOfYear || random.nextBoolean()) {
            int year = 2011 + random.nextInt(16);
            return new Asked(query(split, filters, lists, new Period.Year(year)), List.of(Asked.when(year)));
        }
        YearMonth month = random.nextBoolean() ? YearMonth.of(2024, 2) : YearMonth.of(2026, 11);
        LocalDate end = month.atEndOfMonth().isAfter(World.TODAY) ? World.TODAY : month.atEndOfMonth();
        return new Asked(
                query(split, filters, lists, new Period.Month(month)), List.of(new When("", month.atDay(1), end)));
    }

    /** One or two dimensions, one or two codes of each; now and then one that does not occur. */
    private Map<String, Set<String>> filters() {
        Map<String, Set<String>> filters = new LinkedHashMap<>();
        List<String> coded = new ArrayList<>(indicator.dimensions());
        coded.removeAll(indicator.numbers().keySet());
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            String dimension = pick(coded);
            List<String> known = new ArrayList<>(naive.codes(indicator, dimension));
            known.add("nowhere");
            filters.put(dimension, new TreeSet<>(Set.of(pick(known))));
            filters.get(dimension).add(pick(known));
        }
        return filters;
    }

    private List<ListMoment> lists() {
        List<String> known = new ArrayList<>(List.of("belt-and-road", "brics", "double-high"));
        known.retainAll(indicator.lists());
        return known.isEmpty() || random.nextInt(3) == 0
                ? List.of()
                : List.of(new ListMoment(pick(known), random.nextBoolean()));
    }

    private FigureQuery query(List<By> by, Map<String, Set<String>> filters, List<ListMoment> lists, Period period) {
        return new FigureQuery(indicator, by, filters, lists, period);
    }

    private List<By> split() {
        return pick(splits);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
