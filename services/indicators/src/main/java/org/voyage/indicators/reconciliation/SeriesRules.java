package org.voyage.indicators.reconciliation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.voyage.indicators.published.PublishedLine;

/** What must hold between the lines of one series. */
final class SeriesRules {

    private SeriesRules() {}

    /** @param lines one series with years as periods; several sets may have the same year */
    static List<Contradiction> check(List<PublishedLine> lines) {
        TreeMap<Integer, List<PublishedLine>> years = new TreeMap<>();
        lines.forEach(line ->
                years.computeIfAbsent(year(line), year -> new ArrayList<>()).add(line));
        List<Contradiction> found = new ArrayList<>();
        for (PublishedLine line : lines) {
            before(line, years).ifPresent(before -> increment(before, line, found));
            Optional.ofNullable(years.lowerEntry(year(line)))
                    .flatMap(last -> Nearest.among(last.getValue(), line))
                    .ifPresent(before -> moreThan(before, line, lines, found));
        }
        return found;
    }

    /** The last line before it of its own set, else of any. */
    private static Optional<PublishedLine> before(
            PublishedLine line, NavigableMap<Integer, List<PublishedLine>> years) {
        NavigableMap<Integer, List<PublishedLine>> earlier =
                years.headMap(year(line), false).descendingMap();
        return earlier.values().stream()
                .flatMap(List::stream)
                .filter(other -> other.of().equals(line.of()))
                .findFirst()
                .or(() -> Optional.ofNullable(earlier.firstEntry())
                        .flatMap(last -> Nearest.among(last.getValue(), line)));
    }

    private static void increment(PublishedLine before, PublishedLine line, List<Contradiction> found) {
        if (line.increment().isEmpty() || !before.exact() || !line.exact()) {
            return;
        }
        BigDecimal stated = line.increment().get();
        BigDecimal actual = line.value().subtract(before.value());
        int years = year(line) - year(before);
        if (stated.compareTo(actual) != 0) {
            found.add(Contradiction.of(
                    "level-against-increment",
                    List.of(before, line),
                    "所称增量 " + stated + " 与水平值之差 " + actual + " 不符。",
                    "The stated increase is " + stated + "; the values differ by " + actual + "."));
        } else if (years > 1) {
            found.add(Contradiction.of(
                    "increment-over-several-years",
                    List.of(before, line),
                    "增量 " + stated + " 跨 " + years + " 年，却按一年的增量印出。",
                    "The increase of " + stated + " is over " + years + " years but printed like that of one."));
        }
    }

    /** What falls otherwise too may have fallen here. */
    private static void moreThan(
            PublishedLine before, PublishedLine line, List<PublishedLine> series, List<Contradiction> found) {
        if (before.relation().equals(">")
                && line.exact()
                && line.value().compareTo(before.value()) <= 0
                && !falls(series, line)) {
            found.add(Contradiction.of(
                    "more-than-contradicted-later",
                    List.of(before, line),
                    before.period() + " 年称超过 " + before.value() + "，" + line.period() + " 年却只有 " + line.value()
                            + "，而该序列此外从未减少。",
                    "More than " + before.value() + " in " + before.period() + ", but only " + line.value() + " in "
                            + line.period() + ", and the series never falls otherwise."));
        }
    }

    /** Whether it falls in any of the sets, whatever a line of it says. */
    private static boolean falls(List<PublishedLine> series, PublishedLine without) {
        Map<PublishedLine.SetVersion, List<PublishedLine>> sets = series.stream()
                .filter(line -> line.exact() && !line.equals(without))
                .sorted(Comparator.comparingInt(SeriesRules::year))
                .collect(Collectors.groupingBy(PublishedLine::of));
        return sets.values().stream()
                .anyMatch(exact -> IntStream.range(1, exact.size())
                        .anyMatch(i ->
                                exact.get(i).value().compareTo(exact.get(i - 1).value()) < 0));
    }

    static int year(PublishedLine line) {
        return Integer.parseInt(line.period());
    }
}
