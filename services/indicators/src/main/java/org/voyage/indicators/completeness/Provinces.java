package org.voyage.indicators.completeness;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.completeness.Coverage.Compared;
import org.voyage.indicators.completeness.Coverage.Seen;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.live.ByYear;
import org.voyage.kit.access.Province;

/**
 * Which provinces have records about a year, beside the year that it is compared with.
 *
 * @param here how many have
 * @param missing of those that may be named, the ones with records about that other year only
 * @param added the ones with records about this year only; none where nobody has any about the other: a history begins
 * @param warning null when it is the same provinces
 */
record Provinces(
        int here,
        List<String> missing,
        List<String> added,
        @Nullable Text warning) {

    /**
     * @param of the provinces that are asked about; empty for all
     * @param own the only province that may be named; empty when all may
     */
    static Provinces in(Seen seen, Compared compared, int year, Set<String> of, Optional<String> own) {
        Set<String> here = with(seen, year, of);
        if (year < compared.from()) {
            return new Provinces(here.size(), List.of(), List.of(), null);
        }
        int other = year - compared.back();
        Set<String> there = with(seen, other, of);
        Set<String> missing = new TreeSet<>(there);
        missing.removeAll(here);
        Set<String> added = new TreeSet<>(there.isEmpty() ? Set.of() : here);
        added.removeAll(there);
        List<String> missingToTell = visible(missing, own);
        List<String> addedToTell = visible(added, own);
        Text warning = missing.isEmpty() && added.isEmpty()
                ? null
                : warning(
                        only(other, year, missing.size(), missingToTell), only(year, other, added.size(), addedToTell));
        return new Provinces(here.size(), missingToTell, addedToTell, warning);
    }

    private static List<String> visible(Set<String> provinces, Optional<String> own) {
        return provinces.stream()
                .filter(province -> own.map(province::equals).orElse(true))
                .toList();
    }

    private static Set<String> with(Seen seen, int year, Set<String> of) {
        Set<String> provinces = new TreeSet<>(of.isEmpty() ? Province.codes() : of);
        seen.own()
                .values()
                .forEach(record -> provinces.retainAll(
                        record.getOrDefault(year, ByYear.Seen.NOTHING).facts().keySet()));
        return provinces;
    }

    /** What provinces have records about one year and not about another; null when there are none. */
    private static @Nullable Text only(int year, int other, int provinces, List<String> named) {
        if (provinces == 0) {
            return null;
        }
        return new Text(
                provinces + " 个省份" + (named.isEmpty() ? "" : "（" + String.join("、", named) + "）") + "有 " + year
                        + " 年的记录，但没有 " + other + " 年的记录",
                "Provinces with records about " + year + " but none about " + other + ": " + provinces
                        + (named.isEmpty() ? "" : " (" + String.join(", ", named) + ")"));
    }

    private static Text warning(@Nullable Text missing, @Nullable Text added) {
        List<Text> parts = Stream.of(missing, added).filter(Objects::nonNull).toList();
        return new Text(
                parts.stream().map(Text::zh).collect(Collectors.joining("；")) + "，两年数据不宜直接比较。",
                parts.stream().map(Text::en).collect(Collectors.joining("; "))
                        + "; the two years do not compare as they stand.");
    }
}
