package org.voyage.indicators.reference;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reference data of the figures: all their input other than records. */
public final class ReferenceData {

    private final Map<String, CodeList> codeLists;
    private final Map<String, MembershipList> lists;
    private final Geography geography;
    private final PublishedSeries series;
    /** Time of the published numbers; null for now. */
    private final @Nullable Instant seriesTime;

    ReferenceData(Map<String, CodeList> codeLists, Map<String, MembershipList> lists, Geography geography) {
        this(codeLists, lists, geography, new PublishedSeries(), null);
    }

    private ReferenceData(
            Map<String, CodeList> codeLists,
            Map<String, MembershipList> lists,
            Geography geography,
            PublishedSeries series,
            @Nullable Instant seriesTime) {
        this.codeLists = Map.copyOf(codeLists);
        this.lists = Map.copyOf(lists);
        this.geography = geography;
        this.series = series;
        this.seriesTime = seriesTime;
    }

    /**
     * Returns the closed code list of a dimension; empty when the dimension accepts any code.
     *
     * @param records record types in which the dimension is looked up: two records may use one name for different codes
     */
    public Optional<CodeList> findCodes(List<String> records, String dimension) {
        return records.stream()
                .map(record -> codeLists.get(record + "." + dimension))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> Optional.ofNullable(codeLists.get(dimension)));
    }

    public Optional<MembershipList> findList(String code) {
        return Optional.ofNullable(lists.get(code));
    }

    public Collection<MembershipList> lists() {
        return lists.values();
    }

    public List<String> listCodes() {
        return lists.values().stream().map(MembershipList::code).toList();
    }

    /** Returns a copy with other members of some lists, and other regions of countries. */
    public ReferenceData withLists(Collection<MembershipList> others, Geography regions) {
        Map<String, MembershipList> all = new HashMap<>(lists);
        others.forEach(list -> all.put(list.code(), list));
        return new ReferenceData(codeLists, all, regions, series, seriesTime);
    }

    /** Returns a copy with the published numbers as they were at a point in time. */
    public ReferenceData withSeriesAt(Instant moment) {
        return new ReferenceData(codeLists, lists, geography, series, moment);
    }

    /** Returns the published numbers, to replace them. */
    public PublishedSeries series() {
        return series;
    }

    /** Returns a number that changes whenever the published numbers do. */
    public long seriesVersion() {
        return series.version();
    }

    /** Returns what was published of a year; empty when nothing was. */
    public Optional<PublishedSeries.SeriesNumber> findPublishedNumber(String name, int year) {
        return series.findNumber(name, year, seriesTime);
    }

    public Geography geography() {
        return geography;
    }
}
