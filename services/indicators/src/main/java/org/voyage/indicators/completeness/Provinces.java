package org.voyage.indicators.completeness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.completeness.Coverage.Compared;
import org.voyage.indicators.indicator.Text;
import org.voyage.kit.access.Province;

/**
 * Which provinces cover a year otherwise than the year that it is compared with. Those that may be named are.
 *
 * @param here how many have records about it
 * @param missing with records about that other year only
 * @param added with records about this year only; none where nobody has any about the other: a history begins
 * @param fewer with less than half of the records that are expected; none of a year that goes on, which has fewer by itself
 * @param more with more than twice the records that are expected
 * @param notClosed that have closed that other year and not this one, which is over
 * @param warning null when nothing differs
 */
record Provinces(
        int here,
        List<String> missing,
        List<String> added,
        List<String> fewer,
        List<String> more,
        List<String> notClosed,
        @Nullable Text warning) {

    /**
     * @param of the provinces that are asked about; empty for all
     * @param own the only province that may be named; empty when all may
     */
    static Provinces in(Standing standing, Compared compared, int year, Set<String> of, Optional<String> own) {
        Set<String> asked = new TreeSet<>(of.isEmpty() ? Province.codes() : of);
        Set<String> here = standing.with(asked, year);
        if (year < compared.from()) {
            return new Provinces(here.size(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
        }
        int other = year - compared.back();
        boolean over = year < compared.running();
        Set<String> there = standing.with(asked, other);
        Some missing = Some.of(there, province -> !here.contains(province), own);
        Some added = Some.of(there.isEmpty() ? Set.of() : here, province -> !there.contains(province), own);
        Map<String, Set<Amount>> amounts = new HashMap<>();
        asked.forEach(province -> amounts.put(province, standing.amounts(province, year, other)));
        Some fewer = Some.of(
                over ? asked : Set.of(),
                province -> (here.contains(province) || !there.contains(province))
                        && amounts.getOrDefault(province, Set.of()).contains(Amount.FEWER),
                own);
        Some more = Some.of(
                asked, province -> amounts.getOrDefault(province, Set.of()).contains(Amount.MORE), own);
        Some notClosed = Some.of(
                over ? asked : Set.of(),
                province -> standing.isClosed(province, other) && !standing.isClosed(province, year),
                own);
        return new Provinces(
                here.size(),
                missing.named(),
                added.named(),
                fewer.named(),
                more.named(),
                notClosed.named(),
                warning(Stream.of(
                        missing.told(only(other, year)),
                        added.told(only(year, other)),
                        fewer.told(amount(year, other, "不足", "一半", "less than half of")),
                        more.told(amount(year, other, "超过", "两倍", "more than twice")),
                        notClosed.told(closed(other, year)))));
    }

    private static Text only(int year, int other) {
        return new Text(
                "有 " + year + " 年的记录，但没有 " + other + " 年的记录",
                "Provinces with records about " + year + " but none about " + other);
    }

    private static Text amount(int year, int other, String zh, String zhTimes, String en) {
        return new Text(
                year + " 年的记录" + zh + "应有数（有计划的按计划，否则按 " + other + " 年）的" + zhTimes,
                "Provinces with " + en + " the records about " + year
                        + " that are expected (by the plan, or else as about " + other + ")");
    }

    private static Text closed(int year, int other) {
        return new Text(
                "已关闭 " + year + " 年度，但尚未关闭 " + other + " 年度",
                "Provinces that have closed " + year + " and not " + other);
    }

    private static @Nullable Text warning(Stream<Optional<Text>> told) {
        List<Text> parts = told.flatMap(Optional::stream).toList();
        return parts.isEmpty()
                ? null
                : new Text(
                        parts.stream().map(Text::zh).collect(Collectors.joining("；")) + "，两年数据不宜直接比较。",
                        parts.stream().map(Text::en).collect(Collectors.joining("; "))
                                + "; the two years do not compare as they stand.");
    }

    /** Some provinces: how many, and those that may be named. */
    private record Some(int number, List<String> named) {

        static Some of(Set<String> provinces, Predicate<String> which, Optional<String> own) {
            List<String> some = provinces.stream().filter(which).sorted().toList();
            return new Some(
                    some.size(),
                    some.stream()
                            .filter(province -> own.map(province::equals).orElse(true))
                            .toList());
        }

        /** Empty when there are none. */
        Optional<Text> told(Text what) {
            return number == 0
                    ? Optional.empty()
                    : Optional.of(new Text(
                            number + " 个省份" + (named.isEmpty() ? "" : "（" + String.join("、", named) + "）") + what.zh(),
                            what.en() + ": " + number
                                    + (named.isEmpty() ? "" : " (" + String.join(", ", named) + ")")));
        }
    }
}
