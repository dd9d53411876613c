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
 * Counts of the facts of one record type by year, with the time of the last change. Each event updates them, so that no
 * query scans the facts. A fact belongs to the year in which it counts first; a withdrawn fact to the year of its state
 * before.
 */
public final class FactCountsByYear {

    /** Represents the year of facts without a year, or with an unknown year. */
    public static final int UNKNOWN_YEAR = 0;

    /** Represents the unknown time of an event. */
    static final long NO_TIME = Long.MIN_VALUE;

    private final CodeDictionary provinces;
    /** Slot of the year or the first day; null when no figure counts the record. */
    private final @Nullable FieldSlot slot;

    private final Map<Integer, ProvinceYearCounts> years = new HashMap<>();
    /** Result of the last call; null when a fact has changed since. */
    private volatile @Nullable Map<Integer, YearFactCounts> cachedCounts;

    FactCountsByYear(CodeDictionary provinces, @Nullable FieldSlot slot) {
        this.provinces = provinces;
        this.slot = slot;
    }

    /** Counts by the number of the province. */
    private static final class ProvinceYearCounts {
        private int[] facts = {};
        private long[] changed = {};

        ProvinceYearCounts copy() {
            ProvinceYearCounts copy = new ProvinceYearCounts();
            copy.facts = facts.clone();
            copy.changed = changed.clone();
            return copy;
        }

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
     * Facts of one year.
     *
     * @param facts number of facts by province, without zeros
     * @param changed time of the last change by province, for events since the start
     */
    public record YearFactCounts(Map<String, Long> facts, Map<String, Instant> changed) {

        public static final YearFactCounts EMPTY = new YearFactCounts(Map.of(), Map.of());
    }

    /**
     * Returns equal counts, which change on their own.
     *
     * @param others a dictionary with at least the numbers of this one
     */
    FactCountsByYear copyWith(CodeDictionary others) {
        FactCountsByYear copy = new FactCountsByYear(others, slot);
        years.forEach((year, of) -> copy.years.put(year, of.copy()));
        return copy;
    }

    /** Returns the counts; the same object as long as nothing has changed. */
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

    /** Adds (1) or removes (-1) a fact in this state. */
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
