package org.voyage.indicators.cube;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Scan of a cube: sums the cells of one figure into groups, at one or several points in time. All values are numbers: a
 * group is the mixed-radix number of its parts, in the order of {@link CodeGroup}s, then of {@link DatedCodeGroup}s.
 */
public final class CubeScan {

    private static final int NO_GROUP = -1;
    /** Up to this number of groups a row is found by array index. A scan of a million cells then needs no map. */
    private static final int MAX_DIRECT_GROUPS = 1 << 12;
    /**
     * Memory limit of a distinct count in bytes per value of the result, while the scan collects its elements. 100,000
     * values allow a million elements in twenty years. So no query over twenty years of a million facts is refused.
     */
    private static final long ELEMENT_BYTES_PER_VALUE = 2_560;
    /** Bytes of a row without its amounts: object header, key and map entry. */
    private static final long ROW_OVERHEAD_BYTES = 96;

    /**
     * Factor with an inverse modulo 2^64, and that inverse. A group and an element are both small numbers: hashed without a
     * factor, their keys would share few buckets.
     */
    private static final long KEY_FACTOR = 0x9E3779B97F4A7C15L;

    private static final long INVERSE_KEY_FACTOR = 0xF1DE83E19937733DL;

    /** @param groups group of each code number, or -1 to leave the code out */
    @SuppressWarnings("ArrayRecordComponent") // read in the innermost loop, never compared
    public record CodeGroup(int column, int[] groups, int size) {
        int groupOf(int code) {
            return code < groups.length ? groups[code] : NO_GROUP;
        }
    }

    /** A group that also depends on the day, such as membership in a list. */
    public record DatedCodeGroup(int column, int size, GroupOnDay group) {}

    /** Maps a code to its group on a day, or to -1. */
    public interface GroupOnDay {
        int groupOf(int code, int day);
    }

    /**
     * The requested times, in ascending order: a stock is taken at {@code to}, a flow over {@code from} to {@code to},
     * both included.
     *
     * @param day the day that represents a cell's time, for the membership of a flow
     */
    @SuppressWarnings("ArrayRecordComponent") // read in the innermost loop, never compared
    public record ScanTimes(boolean isStock, int[] from, int[] to, IntUnaryOperator day) {

        /** Returns the index of the first period that a cell of this time belongs to, or -1. */
        int firstIndexOf(int time) {
            for (int i = 0; i < to.length; i++) {
                if (time <= to[i]) {
                    return isStock || time >= from[i] ? i : NO_GROUP;
                }
            }
            return NO_GROUP;
        }
    }

    /** More groups than the limit. */
    public static final class TooManyCellsException extends RuntimeException {
        TooManyCellsException() {
            super("too many cells", null, false, false);
        }
    }

    /** More elements of a distinct count than the memory limit allows. */
    public static final class TooManyElementsException extends RuntimeException {
        TooManyElementsException() {
            super("too many elements", null, false, false);
        }
    }

    private final CellTable cells;
    /** Column of the element that is counted once, or -1. */
    private final int element;

    private final List<CodeGroup> groups;
    private final List<DatedCodeGroup> dated;
    private final ScanTimes moments;
    private final long limit;
    private final GroupSums rows;

    /**
     * The sums so far.
     *
     * @param counts of a distinct count: the number of elements of each group
     */
    @SuppressWarnings("ArrayRecordComponent") // written in the innermost loop, never compared
    private record GroupSums(Map<Long, long[]> sumsByGroup, long[][] directSums, Map<Long, long[]> counts) {
        GroupSums() {
            this(new HashMap<>(), new long[MAX_DIRECT_GROUPS][], new HashMap<>());
        }
    }

    /** @param rows the rows to add to */
    private CubeScan(
            CellTable cells,
            int element,
            List<CodeGroup> groups,
            List<DatedCodeGroup> dated,
            ScanTimes moments,
            long limit,
            GroupSums rows) {
        this.cells = cells;
        this.element = element;
        this.groups = groups;
        this.dated = dated;
        this.moments = moments;
        this.limit = limit;
        this.rows = rows;
    }

    /**
     * Scans the cells.
     *
     * @param element column whose codes are counted once per value, or -1 when amounts are added
     * @param limit maximum number of values (groups times periods)
     * @return the values of each group, one per period
     * @throws TooManyCellsException when the result exceeds the limit
     * @throws TooManyElementsException when a distinct count needs more memory than such a limit justifies
     */
    public static Map<Long, long[]> scan(
            Cube cube, int element, List<CodeGroup> groups, List<DatedCodeGroup> dated, ScanTimes moments, long limit) {
        GroupSums rows = new GroupSums();
        for (CellTable cells : cube.tables()) {
            new CubeScan(cells, element, groups, dated, moments, limit, rows).addAllCells();
        }
        if (moments.isStock() && dated.isEmpty()) {
            rows.sumsByGroup().values().forEach(CubeScan::accumulateTimes);
        }
        return element < 0 ? rows.sumsByGroup() : countDistinct(rows);
    }

    /**
     * Returns the time of the earliest cell in these groups, or null when there is none. With a hypothetical
     * change, a cell counts even if the change makes it empty.
     */
    public static @Nullable Integer findFirstTime(Cube cube, List<CodeGroup> groups) {
        ScanTimes none = new ScanTimes(true, new int[0], new int[0], time -> time);
        Integer earliest = null;
        for (CellTable cells : cube.firstYearTables()) {
            earliest =
                    new CubeScan(cells, NO_GROUP, groups, List.of(), none, 0, new GroupSums()).findEarliest(earliest);
        }
        return earliest;
    }

    private @Nullable Integer findEarliest(@Nullable Integer sofar) {
        Integer earliest = sofar;
        for (int cell = 0; cell < cells.size(); cell++) {
            if (cells.amountOf(cell) != 0
                    && (earliest == null || cells.timeOf(cell) < earliest)
                    && groupOf(cell) != NO_GROUP) {
                earliest = cells.timeOf(cell);
            }
        }
        return earliest;
    }

    private void addAllCells() {
        for (int cell = 0; cell < cells.size(); cell++) {
            long amount = cells.amountOf(cell);
            int first = amount == 0 ? NO_GROUP : moments.firstIndexOf(cells.timeOf(cell));
            long group = first == NO_GROUP ? NO_GROUP : groupOf(cell);
            if (group == NO_GROUP) {
                continue;
            }
            if (dated.isEmpty()) {
                addToGroup(cell, group, first, amount);
            } else if (moments.isStock()) {
                for (int moment = first; moment < moments.to().length; moment++) {
                    addToGroup(cell, groupOnDay(group, cell, moments.to()[moment]), moment, amount);
                }
            } else {
                addToGroup(cell, groupOnDay(group, cell, moments.day().applyAsInt(cells.timeOf(cell))), first, amount);
            }
        }
    }

    private long groupOf(int cell) {
        long key = 0;
        for (int i = 0; i < groups.size(); i++) {
            CodeGroup group = groups.get(i);
            int number = group.groupOf(cells.coordinateOf(cell, group.column()));
            if (number == NO_GROUP) {
                return NO_GROUP;
            }
            key = Math.addExact(Math.multiplyExact(key, (long) group.size()), number);
        }
        return key;
    }

    private long groupOnDay(long key, int cell, int day) {
        for (int i = 0; i < dated.size(); i++) {
            DatedCodeGroup group = dated.get(i);
            int number = group.group().groupOf(cells.coordinateOf(cell, group.column()), day);
            if (number == NO_GROUP) {
                return NO_GROUP;
            }
            key = Math.addExact(Math.multiplyExact(key, (long) group.size()), number);
        }
        return key;
    }

    private void addToGroup(int cell, long group, int moment, long amount) {
        if (group == NO_GROUP) {
            return;
        }
        long key = group;
        if (element >= 0) {
            key = Math.addExact(group << 32, cells.coordinateOf(cell, element));
            if (group >>> 31 != 0) {
                throw new TooManyCellsException();
            }
        }
        long[] row = key < MAX_DIRECT_GROUPS
                ? rows.directSums()[(int) key]
                : rows.sumsByGroup().get(mapKeyOf(key));
        if (row == null) {
            row = new long[moments.to().length];
            rows.sumsByGroup().put(mapKeyOf(key), row);
            if (key < MAX_DIRECT_GROUPS) {
                rows.directSums()[(int) key] = row;
            }
            requireWithinLimit(group);
        }
        row[moment] += amount;
    }

    private long mapKeyOf(long key) {
        return element < 0 ? key : key * KEY_FACTOR;
    }

    /** Converts reference counts per element to the number of elements. */
    private static Map<Long, long[]> countDistinct(GroupSums rows) {
        Map<Long, long[]> counts = rows.counts();
        rows.sumsByGroup().forEach((key, row) -> {
            long[] count = counts.computeIfAbsent((key * INVERSE_KEY_FACTOR) >>> 32, _ -> new long[row.length]);
            for (int i = 0; i < row.length; i++) {
                if (row[i] > 0) {
                    count[i]++;
                }
            }
        });
        return counts;
    }

    /** Throws if a new row exceeds the limit. Each new row must call this before more memory is allocated. */
    private void requireWithinLimit(long group) {
        int values = moments.to().length;
        if (element >= 0) {
            rows.counts().computeIfAbsent(group, _ -> new long[values]);
        }
        long groups = element < 0 ? rows.sumsByGroup().size() : rows.counts().size();
        if (groups * values > limit) {
            throw new TooManyCellsException();
        }
        if (element >= 0
                && rows.sumsByGroup().size() * (ROW_OVERHEAD_BYTES + (long) values * Long.BYTES)
                        > limit * ELEMENT_BYTES_PER_VALUE) {
            throw new TooManyElementsException();
        }
    }

    private static void accumulateTimes(long[] row) {
        for (int i = 1; i < row.length; i++) {
            row[i] += row[i - 1];
        }
    }
}
