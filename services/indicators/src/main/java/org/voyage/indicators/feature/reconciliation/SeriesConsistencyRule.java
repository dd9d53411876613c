package org.voyage.indicators.feature.reconciliation;

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
import org.voyage.indicators.feature.published.PublishedStatistic;

/** Rule: the lines of one series must be consistent with each other. */
final class SeriesConsistencyRule {

    private SeriesConsistencyRule() {}

    /** @param lines one series with years as periods; several sets may have the same year */
    static List<Contradiction> findContradictions(List<PublishedStatistic> lines) {
        TreeMap<Integer, List<PublishedStatistic>> years = new TreeMap<>();
        lines.forEach(line -> years.computeIfAbsent(parseYear(line), year -> new ArrayList<>())
                .add(line));
        List<Contradiction> found = new ArrayList<>();
        for (PublishedStatistic line : lines) {
            lineBefore(line, years).ifPresent(before -> checkIncrement(before, line, found));
            Optional.ofNullable(years.lowerEntry(parseYear(line)))
                    .flatMap(last -> ClosestStatisticIndex.findAmong(last.getValue(), line))
                    .ifPresent(before -> checkMoreThan(before, line, lines, found));
        }
        return found;
    }

    /** Returns the last earlier line of the same set, else of any set. */
    private static Optional<PublishedStatistic> lineBefore(
            PublishedStatistic line, NavigableMap<Integer, List<PublishedStatistic>> years) {
        NavigableMap<Integer, List<PublishedStatistic>> earlier =
                years.headMap(parseYear(line), false).descendingMap();
        return earlier.values().stream()
                .flatMap(List::stream)
                .filter(other -> other.setVersion().equals(line.setVersion()))
                .findFirst()
                .or(() -> Optional.ofNullable(earlier.firstEntry())
                        .flatMap(last -> ClosestStatisticIndex.findAmong(last.getValue(), line)));
    }

    private static void checkIncrement(PublishedStatistic before, PublishedStatistic line, List<Contradiction> found) {
        if (line.increment().isEmpty() || !before.isExact() || !line.isExact()) {
            return;
        }
        BigDecimal stated = line.increment().get();
        BigDecimal actual = line.value().subtract(before.value());
        int years = parseYear(line) - parseYear(before);
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

    /** Reports a lower value after "more than", unless the series falls elsewhere too. */
    private static void checkMoreThan(
            PublishedStatistic before,
            PublishedStatistic line,
            List<PublishedStatistic> series,
            List<Contradiction> found) {
        if (before.relation().equals(">")
                && line.isExact()
                && line.value().compareTo(before.value()) <= 0
                && !hasFall(series, line)) {
            found.add(Contradiction.of(
                    "more-than-contradicted-later",
                    List.of(before, line),
                    before.period() + " 年称超过 " + before.value() + "，" + line.period() + " 年却只有 " + line.value()
                            + "，而该序列此外从未减少。",
                    "More than " + before.value() + " in " + before.period() + ", but only " + line.value() + " in "
                            + line.period() + ", and the series never falls otherwise."));
        }
    }

    /** Returns whether the series falls in any of the sets, leaving out one line. */
    private static boolean hasFall(List<PublishedStatistic> series, PublishedStatistic without) {
        Map<PublishedStatistic.SetVersion, List<PublishedStatistic>> sets = series.stream()
                .filter(line -> line.isExact() && !line.equals(without))
                .sorted(Comparator.comparingInt(SeriesConsistencyRule::parseYear))
                .collect(Collectors.groupingBy(PublishedStatistic::setVersion));
        return sets.values().stream()
                .anyMatch(exact -> IntStream.range(1, exact.size())
                        .anyMatch(i ->
                                exact.get(i).value().compareTo(exact.get(i - 1).value()) < 0));
    }

    static int parseYear(PublishedStatistic line) {
        return Integer.parseInt(line.period());
    }
}
