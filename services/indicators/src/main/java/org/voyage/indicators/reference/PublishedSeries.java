package org.voyage.indicators.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers that were published elsewhere and that derived figures divide by, such as all international students in
 * China. The sets of published statistics contain them. All versions are kept, so that a past answer never changes.
 */
public final class PublishedSeries {

    private volatile PublishedSeriesState current = new PublishedSeriesState(0, List.of());

    /** @param version grows with each replacement */
    private record PublishedSeriesState(long version, List<SeriesSet> sets) {}

    /**
     * One version of one set.
     *
     * @param isBuiltIn whether it is the set of the platform, which every loaded set overrides
     * @param loadedAt beginning of its validity
     * @param withdrawnAt end of its validity; null while it is not withdrawn
     * @param numbers numbers by series and year, all above 0
     */
    public record SeriesSet(
            String set,
            int version,
            boolean isBuiltIn,
            Instant loadedAt,
            @Nullable Instant withdrawnAt,
            Map<SeriesYear, PrintedNumber> numbers) {

        public SeriesSet {
            numbers = Map.copyOf(numbers);
        }

        private boolean isEffective(@Nullable Instant at) {
            return at == null
                    ? withdrawnAt == null
                    : !loadedAt.isAfter(at) && (withdrawnAt == null || withdrawnAt.isAfter(at));
        }
    }

    /** A year of a series. */
    public record SeriesYear(String series, int year) {}

    /**
     * A number as it was printed.
     *
     * @param relation {@code =} for an exact number, {@code >} for more than it, {@code ~} for about it
     */
    public record PrintedNumber(BigDecimal value, String relation) {

        public boolean isExact() {
            return relation.equals("=");
        }

        public boolean isLowerBound() {
            return relation.equals(">");
        }
    }

    /** A published number, with the version of the set that contains it. */
    public record SeriesNumber(PrintedNumber printed, String set, int version) {

        public BigDecimal value() {
            return printed.value();
        }
    }

    /** Replaces all versions of all sets. */
    public synchronized void replaceSets(List<SeriesSet> sets) {
        current = new PublishedSeriesState(current.version() + 1, List.copyOf(sets));
    }

    /** Returns a number that grows with each replacement. */
    long version() {
        return current.version();
    }

    /**
     * Returns the published number of a year. When several sets have it, the last of them by name counts, and the set
     * of the platform last of all.
     *
     * @param at a past point in time; null for now
     */
    Optional<SeriesNumber> findNumber(String series, int year, @Nullable Instant at) {
        SeriesYear wanted = new SeriesYear(series, year);
        Map<String, SeriesSet> newest = new LinkedHashMap<>();
        current.sets().stream()
                .filter(each -> each.isEffective(at))
                .sorted(Comparator.comparing((SeriesSet each) -> !each.isBuiltIn())
                        .thenComparing(SeriesSet::set)
                        .thenComparing(SeriesSet::version))
                .forEach(each -> newest.put(each.set(), each));
        return newest.values().stream()
                .filter(each -> each.numbers().containsKey(wanted))
                .reduce((earlier, later) -> later)
                .map(each -> new SeriesNumber(
                        Objects.requireNonNull(each.numbers().get(wanted)), each.set(), each.version()));
    }
}
