package org.voyage.indicators.live;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.FieldSlot;

/**
 * How many facts of one record are about each year, and when one about it was last changed: kept as they come and go, so that
 * nobody has to look through them. A fact is about the year in which it counts first; one that is withdrawn, about the year
 * of its state before.
 */
public final class FactCountsByYear {

    /** Stands for the year of what is about none, or about one that is not known. */
    public static final int UNKNOWN_YEAR = 0;

    /** Of an event of which it is not told when it was made. */
    static final long NO_TIME = Long.MIN_VALUE;

    private final CodeDictionary provinces;
    /** Where the year or the first day stands; null when no figure counts the record. */
    private final @Nullable FieldSlot slot;

    private final Map<Integer, ProvinceYearCounts> years = new HashMap<>();
    /** As it was last looked at; null when something has changed since. */
    private volatile @Nullable Map<Integer, YearFactCounts> cachedCounts;

    FactCountsByYear(CodeDictionary provinces, @Nullable FieldSlot slot) {
        this.provinces = provinces;
        this.slot = slot;
    }

    /** By the number of the province. */
    private static final class ProvinceYearCounts {
        private int[] facts = {};
        private long[] changed = {};

        void ensureCapacity(int province) {
            if (province >= facts.length) {
                int length = Math.max(province + 1, 2 * facts.length);
                int from = changed.length;
                facts = Arrays.copyOf(facts, length);
                changed = Arrays.copyOf(changed, length);
                Arrays.fill(changed, from, length, NO_TIME);
            }
        }
    }

    /**
     * What there is about one year.
     *
     * @param facts by province, where there is one
     * @param changed by province when one of them was last changed, as far as events were followed since the start
     */
    public record YearFactCounts(Map<String, Long> facts, Map<String, Instant> changed) {

        public static final YearFactCounts EMPTY = new YearFactCounts(Map.of(), Map.of());
    }

    /** The same object as long as nothing has changed. */
    Map<Integer, YearFactCounts> countsByYear() {
        Map<Integer, YearFactCounts> last = cachedCounts;
        if (last == null) {
            Map<Integer, YearFactCounts> now = new TreeMap<>();
            years.forEach((year, of) -> now.put(year, countsOf(of)));
            last = Map.copyOf(now);
            cachedCounts = last;
        }
        return last;
    }

    private YearFactCounts countsOf(ProvinceYearCounts of) {
        Map<String, Long> facts = new HashMap<>();
        Map<String, Instant> changed = new HashMap<>();
        for (int province = 0; province < of.facts.length; province++) {
            if (of.facts[province] > 0) {
                facts.put(provinces.textOf(province), (long) of.facts[province]);
            }
            if (of.changed[province] != NO_TIME) {
                changed.put(provinces.textOf(province), Instant.EPOCH.plus(of.changed[province], ChronoUnit.MICROS));
            }
        }
        return new YearFactCounts(Map.copyOf(facts), Map.copyOf(changed));
    }

    /** A fact in this state comes (1) or goes (-1). */
    void countFact(int province, @Nullable FactState state, int sign) {
        int year = yearOf(state);
        if (year != UNKNOWN_YEAR) {
            findOrCreateYear(year, province).facts[province] += sign;
        }
    }

    /** @param micros since 1970, or {@link #NO_TIME} */
    void noteChange(int province, @Nullable FactState about, long micros) {
        if (micros != NO_TIME) {
            ProvinceYearCounts of = findOrCreateYear(yearOf(about), province);
            of.changed[province] = Math.max(of.changed[province], micros);
        }
    }

    private ProvinceYearCounts findOrCreateYear(int year, int province) {
        cachedCounts = null;
        ProvinceYearCounts of = years.computeIfAbsent(year, _ -> new ProvinceYearCounts());
        of.ensureCapacity(province);
        return of;
    }

    private int yearOf(@Nullable FactState state) {
        if (slot == null || state == null) {
            return UNKNOWN_YEAR;
        }
        int value = state.values()[slot.index()];
        return switch (slot.kind()) {
            case DATE ->
                value == FactState.NO_VALUE
                        ? UNKNOWN_YEAR
                        : LocalDate.ofEpochDay(value).getYear();
            default -> value == FactState.NO_VALUE ? UNKNOWN_YEAR : value;
        };
    }
}
