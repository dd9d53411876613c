package org.voyage.indicators.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sums the cells of one figure into groups, at one or several moments. Everything is numbers here: each group is the
 * mixed-radix number of its parts, in the order of {@link Group}s, then of {@link DatedGroup}s.
 */
public final class Scan {

    private static final int OUT = -1;
    /** The rows of so many groups are found by their number alone; a million cells are not looked up in a map. */
    private static final int PLACES = 1 << 12;
    /**
     * Bytes that the elements of a distinct count may take, while they are told apart, for each value that may come out: with
     * 100,000 values a million elements in twenty years, so no question about twenty years of a million facts is refused.
     */
    private static final long ROOM = 2_560;
    /** Bytes of a row besides its amounts: its head, its key, and their place in the map. */
    private static final long ROW = 96;

    /** @param groups by the code's number: its group, or -1 to leave it out */
    @SuppressWarnings("ArrayRecordComponent") // read in the innermost loop, never compared
    public record Group(int column, int[] groups, int size) {
        int of(int code) {
            return code < groups.length ? groups[code] : OUT;
        }
    }

    /** A group that also depends on the day, as membership in a list does. */
    public record DatedGroup(int column, int size, GroupOnDay group) {}

    /** The group of a code on a day, or -1. */
    public interface GroupOnDay {
        int of(int code, int day);
    }

    /**
     * The moments asked for, in ascending order: a stock is taken at {@code to}, a flow over {@code from} to
     * {@code to}, both included.
     *
     * @param day the day that stands for a cell's time, for the membership of a flow
     */
    @SuppressWarnings("ArrayRecordComponent") // read in the innermost loop, never compared
    public record Moments(boolean stock, int[] from, int[] to, IntUnaryOperator day) {

        /** The first moment that a cell of this time belongs to, or -1. */
        int first(int time) {
            for (int i = 0; i < to.length; i++) {
                if (time <= to[i]) {
                    return stock || time >= from[i] ? i : OUT;
                }
            }
            return OUT;
        }
    }

    /** More groups than asked for at most. */
    public static final class TooManyCells extends RuntimeException {
        TooManyCells() {
            super("too many cells", null, false, false);
        }
    }

    /** More elements of a distinct count than there is room for. */
    public static final class TooManyElements extends RuntimeException {
        TooManyElements() {
            super("too many elements", null, false, false);
        }
    }

    private final Cells cells;
    /** Where the element stands that is counted once, or -1. */
    private final int element;

    private final List<Group> groups;
    private final List<DatedGroup> dated;
    private final Moments moments;
    private final long limit;
    private final Rows rows;

    /**
     * What came out so far.
     *
     * @param counts of a distinct count: how many elements each group has
     */
    @SuppressWarnings("ArrayRecordComponent") // written in the innermost loop, never compared
    private record Rows(Map<Long, long[]> all, long[][] places, Map<Long, long[]> counts) {
        Rows() {
            this(new HashMap<>(), new long[PLACES][], new HashMap<>());
        }
    }

    /**
     * @param sums have every column that the groups name
     * @param rows are added to
     */
    private Scan(
            Sums sums,
            int element,
            List<Group> groups,
            List<DatedGroup> dated,
            Moments moments,
            long limit,
            Rows rows) {
        this.cells = sums.cells();
        this.element = element < 0 ? OUT : sums.place(element);
        this.groups = groups.stream()
                .map(group -> new Group(sums.place(group.column()), group.groups(), group.size()))
                .toList();
        this.dated = dated.stream()
                .map(group -> new DatedGroup(sums.place(group.column()), group.size(), group.group()))
                .toList();
        this.moments = moments;
        this.limit = limit;
        this.rows = rows;
    }

    /**
     * @param limit the most values (groups times moments) that may come out
     * @return per group its value at each moment
     * @throws TooManyCells when the limit is passed
     * @throws TooManyElements when a distinct count would take more memory than such a limit is worth
     */
    public static Map<Long, long[]> run(
            ScanTarget target, List<Group> groups, List<DatedGroup> dated, Moments moments, long limit) {
        Rows rows = new Rows();
        for (Sums sums : target.cube().answering(Need.of(target, groups, dated, moments))) {
            new Scan(sums, target.element(), groups, dated, moments, limit, rows).addCells();
        }
        if (moments.stock() && dated.isEmpty()) {
            rows.all().values().forEach(Scan::accumulate);
        }
        return target.element() < 0 ? rows.all() : distinct(rows);
    }

    /**
     * A time in the year of the earliest cell in these groups, or null when there is none. Where something would be added, a
     * cell that would come to hold nothing is one nevertheless.
     */
    public static @Nullable Integer firstYear(ScanTarget target, List<Group> groups) {
        Moments none = new Moments(true, new int[0], new int[0], time -> time);
        Integer earliest = null;
        for (Sums sums : target.cube().smallest(Need.ofFirstYear(target, groups))) {
            earliest = new Scan(sums, OUT, groups, List.of(), none, 0, new Rows()).earliest(earliest);
        }
        return earliest;
    }

    private @Nullable Integer earliest(@Nullable Integer sofar) {
        Integer earliest = sofar;
        for (int cell = 0; cell < cells.size(); cell++) {
            if (cells.behind(cell) != 0 && (earliest == null || cells.time(cell) < earliest) && group(cell) != OUT) {
                earliest = cells.time(cell);
            }
        }
        return earliest;
    }

    private void addCells() {
        for (int cell = 0; cell < cells.size(); cell++) {
            long amount = cells.amount(cell);
            int first = cells.behind(cell) == 0 ? OUT : moments.first(cells.time(cell));
            long group = first == OUT ? OUT : group(cell);
            if (group == OUT) {
                continue;
            }
            if (dated.isEmpty()) {
                add(cell, group, first, amount);
            } else if (moments.stock()) {
                for (int moment = first; moment < moments.to().length; moment++) {
                    add(cell, onDay(group, cell, moments.to()[moment]), moment, amount);
                }
            } else {
                add(cell, onDay(group, cell, moments.day().applyAsInt(cells.time(cell))), first, amount);
            }
        }
    }

    private long group(int cell) {
        long key = 0;
        for (int i = 0; i < groups.size(); i++) {
            Group group = groups.get(i);
            int number = group.of(cells.coordinate(cell, group.column()));
            if (number == OUT) {
                return OUT;
            }
            key = Math.addExact(Math.multiplyExact(key, (long) group.size()), number);
        }
        return key;
    }

    private long onDay(long key, int cell, int day) {
        for (int i = 0; i < dated.size(); i++) {
            DatedGroup group = dated.get(i);
            int number = group.group().of(cells.coordinate(cell, group.column()), day);
            if (number == OUT) {
                return OUT;
            }
            key = Math.addExact(Math.multiplyExact(key, (long) group.size()), number);
        }
        return key;
    }

    private void add(int cell, long group, int moment, long amount) {
        if (group == OUT) {
            return;
        }
        long key = group;
        if (element >= 0) {
            key = Math.addExact(group << 32, cells.coordinate(cell, element));
            if (group >>> 31 != 0) {
                throw new TooManyCells();
            }
        }
        long[] row = key < PLACES ? rows.places()[(int) key] : rows.all().get(key);
        if (row == null) {
            row = new long[moments.to().length];
            rows.all().put(key, row);
            if (key < PLACES) {
                rows.places()[(int) key] = row;
            }
            checkLimit(group);
        }
        row[moment] += amount;
    }

    /** From refcounts per element to how many elements there are. */
    private static Map<Long, long[]> distinct(Rows rows) {
        Map<Long, long[]> counts = rows.counts();
        rows.all().forEach((key, row) -> {
            long[] count = counts.computeIfAbsent(key >>> 32, _ -> new long[row.length]);
            for (int i = 0; i < row.length; i++) {
                if (row[i] > 0) {
                    count[i]++;
                }
            }
        });
        return counts;
    }

    /** To be asked at each new row, before there is memory for many more. */
    private void checkLimit(long group) {
        int values = moments.to().length;
        if (element >= 0) {
            rows.counts().computeIfAbsent(group, _ -> new long[values]);
        }
        long groups = element < 0 ? rows.all().size() : rows.counts().size();
        if (groups * values > limit) {
            throw new TooManyCells();
        }
        if (element >= 0 && rows.all().size() * (ROW + (long) values * Long.BYTES) > limit * ROOM) {
            throw new TooManyElements();
        }
    }

    private static void accumulate(long[] row) {
        for (int i = 1; i < row.length; i++) {
            row[i] += row[i - 1];
        }
    }
}
