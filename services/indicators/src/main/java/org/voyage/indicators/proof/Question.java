package org.voyage.indicators.proof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;

/**
 * One question about a derived figure: its values in several years, or, of a growth, from the first year to the last.
 *
 * @param by what it is split by besides, as in {@link Sought#by}
 */
record Question(Derived figure, List<String> by, int first, int last) {

    /** Nobody can ask for years before. */
    private static final int FIRST_YEAR = 1900;
    /** Each first year of a growth is a question of its own, to the last year that is over. */
    private static final int GROWTH_YEARS = 30;

    Question {
        by = List.copyOf(by);
    }

    /** About those that are derived, from the first year that has something of what is behind them to this one. */
    static List<Question> about(Collection<Figure> figures, Frozen frozen, LocalDate today) {
        List<Question> questions = new ArrayList<>();
        for (Figure figure : figures) {
            if (figure instanceof Derived derived) {
                int first = derived.counted().stream()
                        .map(frozen::firstYear)
                        .flatMapToInt(OptionalInt::stream)
                        .min()
                        .orElse(today.getYear());
                questions.addAll(about(derived, Math.clamp(first, FIRST_YEAR, today.getYear()), today.getYear()));
            }
        }
        return questions;
    }

    /** The whole nation, and each split by one dimension or one list of members, in every year from the first to the last. */
    private static List<Question> about(Derived figure, int first, int last) {
        List<List<String>> splits = new ArrayList<>();
        splits.add(List.of());
        figure.dimensions().forEach(dimension -> splits.add(List.of(dimension)));
        figure.lists()
                .forEach(list ->
                        Stream.of("@then", "@now").forEach(when -> splits.add(List.of(Sought.LIST + list + when))));
        return splits.stream()
                .flatMap(by -> isGrowth(figure)
                        ? IntStream.range(Math.max(first, last - 1 - GROWTH_YEARS), last - 1)
                                .mapToObj(year -> new Question(figure, by, year, last - 1))
                        : Stream.of(new Question(figure, by, first, last)))
                .toList();
    }

    private static boolean isGrowth(Derived figure) {
        return figure.rule() instanceof Rule.Growth;
    }

    boolean byYear() {
        return !isGrowth(figure);
    }

    /** How the time of a value is named beside its codes. */
    String timeName() {
        return byYear() ? "year" : "period";
    }

    String period() {
        return first + ".." + last;
    }

    /** By their names the times that there are values for. */
    Map<String, Span> times(LocalDate today) {
        Map<String, Span> times = new LinkedHashMap<>();
        if (byYear()) {
            IntStream.rangeClosed(first, last)
                    .forEach(year -> times.put(String.valueOf(year), Span.years(year, year, today)));
        } else {
            times.put(period(), Span.years(first, last, today));
        }
        return times;
    }

    Sought at(Span span) {
        return new Sought("", figure, by, Map.of(), span);
    }
}
