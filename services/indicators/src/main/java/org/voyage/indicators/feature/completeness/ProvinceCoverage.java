package org.voyage.indicators.feature.completeness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.feature.completeness.CoverageCalculator.ComparedYears;
import org.voyage.kit.access.Province;

/**
 * Comparison of the provinces that cover a year with the provinces that cover its comparison year. It names only the
 * provinces that the caller may see.
 *
 * @param reporting number of provinces that have reported about the year
 * @param missing provinces that have reported about the comparison year only; empty for a stock in a year that is not
 *     over
 * @param added provinces that have reported about this year only; empty for a stock, and when no province has reported
 *     about the comparison year
 * @param fewer provinces with less than half of the expected records; empty for a year that is not over
 * @param more provinces with more than twice the expected records
 * @param notClosed provinces that have closed the comparison year and not this one, which is over
 * @param warning null when nothing differs
 */
record ProvinceCoverage(
        int reporting,
        List<String> missing,
        List<String> added,
        List<String> fewer,
        List<String> more,
        List<String> notClosed,
        @Nullable LocalizedText warning) {

    /**
     * @param of the provinces of the query; empty for all
     * @param own the only province that the answer may name; empty when it may name all
     * @param names name of each province
     */
    static ProvinceCoverage compare(
            YearProgress progress,
            ComparedYears compared,
            int year,
            Set<String> of,
            Optional<String> own,
            Function<String, LocalizedText> names) {
        Set<String> asked = new TreeSet<>(of.isEmpty() ? Province.codes() : of);
        Set<String> here = progress.reportingProvinces(asked, year);
        if (year < compared.firstCompared()) {
            return new ProvinceCoverage(here.size(), List.of(), List.of(), List.of(), List.of(), List.of(), null);
        }
        int other = year - compared.yearsBack();
        boolean over = year < compared.currentYear();
        Set<String> there = progress.reportingProvinces(asked, other);
        boolean carried = progress.countsEarlierRecords();
        ProvinceGroup missing =
                ProvinceGroup.select(carried && !over ? Set.of() : there, province -> !here.contains(province), own);
        ProvinceGroup added = ProvinceGroup.select(
                carried || there.isEmpty() ? Set.of() : here, province -> !there.contains(province), own);
        Map<String, Set<VolumeStatus>> amounts = new HashMap<>();
        asked.forEach(province -> amounts.put(province, progress.volumeStatuses(province, year, other)));
        ProvinceGroup fewer = ProvinceGroup.select(
                over ? asked : Set.of(),
                province -> (here.contains(province) || !there.contains(province))
                        && amounts.getOrDefault(province, Set.of()).contains(VolumeStatus.FEWER),
                own);
        ProvinceGroup more = ProvinceGroup.select(
                asked, province -> amounts.getOrDefault(province, Set.of()).contains(VolumeStatus.MORE), own);
        ProvinceGroup notClosed = ProvinceGroup.select(
                over ? asked : Set.of(),
                province -> progress.isClosed(province, other) && !progress.isClosed(province, year),
                own);
        return new ProvinceCoverage(
                here.size(),
                missing.namedProvinces(),
                added.namedProvinces(),
                fewer.namedProvinces(),
                more.namedProvinces(),
                notClosed.namedProvinces(),
                joinWarnings(Stream.of(
                        missing.toWarning(describeOnlyYear(other, year), names),
                        added.toWarning(describeOnlyYear(year, other), names),
                        fewer.toWarning(amountWarning(year, other, "不足", "一半", "less than half of"), names),
                        more.toWarning(amountWarning(year, other, "超过", "两倍", "more than twice"), names),
                        notClosed.toWarning(closedWarning(other, year), names))));
    }

    private static LocalizedText describeOnlyYear(int year, int other) {
        return new LocalizedText(
                "已报送 " + year + " 年，但未报送 " + other + " 年",
                "Provinces that have reported about " + year + " and not about " + other);
    }

    private static LocalizedText amountWarning(int year, int other, String zh, String zhTimes, String en) {
        return new LocalizedText(
                year + " 年的记录" + zh + "应有数（有计划的按计划，否则按 " + other + " 年）的" + zhTimes,
                "Provinces with " + en + " the records about " + year
                        + " that are expected (by the plan, or else as about " + other + ")");
    }

    private static LocalizedText closedWarning(int year, int other) {
        return new LocalizedText(
                "已关闭 " + year + " 年度，但尚未关闭 " + other + " 年度",
                "Provinces that have closed " + year + " and not " + other);
    }

    private static @Nullable LocalizedText joinWarnings(Stream<Optional<LocalizedText>> told) {
        List<LocalizedText> parts = told.flatMap(Optional::stream).toList();
        return parts.isEmpty()
                ? null
                : new LocalizedText(
                        parts.stream().map(LocalizedText::zh).collect(Collectors.joining("；")) + "，两年数据不宜直接比较。",
                        parts.stream().map(LocalizedText::en).collect(Collectors.joining("; "))
                                + "; the two years do not compare as they stand.");
    }

    /** A group of provinces: their number, and the names that the caller may see. */
    private record ProvinceGroup(int count, List<String> namedProvinces) {

        static ProvinceGroup select(Set<String> provinces, Predicate<String> which, Optional<String> own) {
            List<String> some = provinces.stream().filter(which).sorted().toList();
            return new ProvinceGroup(
                    some.size(),
                    some.stream()
                            .filter(province -> own.map(province::equals).orElse(true))
                            .toList());
        }

        /** Returns empty when the group is empty. */
        Optional<LocalizedText> toWarning(LocalizedText what, Function<String, LocalizedText> names) {
            List<LocalizedText> named = namedProvinces.stream().map(names).toList();
            return count == 0
                    ? Optional.empty()
                    : Optional.of(new LocalizedText(
                            count + " 个省份"
                                    + (named.isEmpty()
                                            ? ""
                                            : named.stream()
                                                    .map(LocalizedText::zh)
                                                    .collect(Collectors.joining("、", "（", "）")))
                                    + what.zh(),
                            what.en() + ": " + count
                                    + (named.isEmpty()
                                            ? ""
                                            : named.stream()
                                                    .map(LocalizedText::en)
                                                    .collect(Collectors.joining(", ", " (", ")")))));
        }
    }
}
