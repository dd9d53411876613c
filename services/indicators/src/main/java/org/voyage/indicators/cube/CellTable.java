package org.voyage.indicators.cube;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Table of sums by their coordinates; the last coordinate is time. The arrays are flat: a scan of a million cells takes
 * a few milliseconds.
 */
final class CellTable {

    private static final int FIRST_CAPACITY = 64;
    private static final int[] NO_INDEX = {};

    private final int width;
    private int[] coordinates;
    private long[] amounts;
    /** Number of finer cells that are not 0 in each cell; null in the finest table. */
    private int @Nullable [] finerCells;

    private int[] index;
    private int size;
    /**
     * Whether a frozen copy reads the same arrays. Then this table copies the amounts before a change, and coordinates
     * never move.
     */
    private boolean shared;

    private CellTable(int width, int[] coordinates, long[] amounts, int @Nullable [] behind, int[] index) {
        this.width = width;
        this.coordinates = coordinates;
        this.amounts = amounts;
        this.finerCells = behind;
        this.index = index;
    }

    /** @param width number of coordinates of a cell, with the time */
    static CellTable createFinest(int width) {
        return new CellTable(
                width, new int[FIRST_CAPACITY * width], new long[FIRST_CAPACITY], null, emptyIndex(FIRST_CAPACITY));
    }

    /** Creates a table for sums of finer cells. */
    static CellTable createRolledUp(int width) {
        return new CellTable(
                width,
                new int[FIRST_CAPACITY * width],
                new long[FIRST_CAPACITY],
                new int[FIRST_CAPACITY],
                emptyIndex(FIRST_CAPACITY));
    }

    /**
     * Returns a read-only copy of the current sums. Nothing is copied until this table changes. The caller holds the
     * read lock.
     */
    CellTable freeze() {
        shared = true;
        CellTable frozen = new CellTable(width, coordinates, amounts, finerCells, NO_INDEX);
        frozen.size = size;
        return frozen;
    }

    /**
     * Adds to a cell of the finest table.
     *
     * @return change in the number of cells that are not 0: -1, 0 or 1
     */
    int addToFinest(int[] at, long amount) {
        detachShared();
        int cell = findOrCreateCell(at);
        int before = finerCells(cell);
        amounts[cell] += amount;
        return finerCells(cell) - before;
    }

    /** Adds to a rolled-up cell; {@code cells} is the change in its number of finer cells that are not 0. */
    void addToRolledUp(int[] at, long amount, int cells) {
        detachShared();
        int cell = findOrCreateCell(at);
        amounts[cell] += amount;
        if (finerCells != null) {
            finerCells[cell] += cells;
        }
    }

    private void detachShared() {
        if (shared) {
            amounts = amounts.clone();
            finerCells = finerCells == null ? null : finerCells.clone();
            shared = false;
        }
    }

    /** Returns the number of coordinates of a cell, with the time. */
    int width() {
        return width;
    }

    /** Returns the number of cells, which are numbered from 0. Some cells may be empty. */
    int size() {
        return size;
    }

    long amountOf(int cell) {
        return amounts[cell];
    }

    /** Returns the number of finest cells that are not 0 in this sum; the sum itself may be 0. */
    int finerCells(int cell) {
        if (finerCells == null) {
            return amounts[cell] == 0 ? 0 : 1;
        }
        return finerCells[cell];
    }

    int coordinateOf(int cell, int column) {
        return coordinates[cell * width + column];
    }

    int timeOf(int cell) {
        return coordinates[cell * width + width - 1];
    }

    private int findOrCreateCell(int[] at) {
        int slot = slotOf(at);
        if (index[slot] >= 0) {
            return index[slot];
        }
        if (size == amounts.length) {
            growOrCompact();
            slot = slotOf(at);
        }
        System.arraycopy(at, 0, coordinates, size * width, width);
        amounts[size] = 0;
        if (finerCells != null) {
            finerCells[size] = 0;
        }
        index[slot] = size;
        return size++;
    }

    private int slotOf(int[] at) {
        int mask = index.length - 1;
        int slot = hashOf(at, 0) & mask;
        while (index[slot] >= 0 && !hasCoordinates(index[slot], at)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Hashes coordinates. These are small consecutive numbers: without thorough mixing they would cluster. */
    private int hashOf(int[] at, int from) {
        long hash = 0;
        for (int i = from; i < from + width; i++) {
            hash = (hash ^ at[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) (hash >>> 32);
    }

    private boolean hasCoordinates(int cell, int[] at) {
        int base = cell * width;
        for (int i = 0; i < width; i++) {
            if (coordinates[base + i] != at[i]) {
                return false;
            }
        }
        return true;
    }

    /** Removes empty cells, and doubles the capacity if that frees less than half. */
    private void growOrCompact() {
        if (IntStream.range(0, size).anyMatch(cell -> finerCells(cell) == 0)) {
            removeEmptyCells();
        }
        resizeTo(size > amounts.length / 2 ? amounts.length * 2 : amounts.length);
    }

    private void removeEmptyCells() {
        int kept = 0;
        int[] before = coordinates;
        coordinates = new int[before.length];
        for (int cell = 0; cell < size; cell++) {
            if (finerCells(cell) != 0) {
                System.arraycopy(before, cell * width, coordinates, kept * width, width);
                amounts[kept] = amounts[cell];
                if (finerCells != null) {
                    finerCells[kept] = finerCells[cell];
                }
                kept++;
            }
        }
        size = kept;
    }

    private void resizeTo(int capacity) {
        if (capacity > amounts.length) {
            coordinates = Arrays.copyOf(coordinates, Math.multiplyExact(capacity, width));
            amounts = Arrays.copyOf(amounts, capacity);
            finerCells = finerCells == null ? null : Arrays.copyOf(finerCells, capacity);
        }
        index = emptyIndex(capacity);
        int mask = index.length - 1;
        for (int cell = 0; cell < size; cell++) {
            int slot = hashOf(coordinates, cell * width) & mask;
            while (index[slot] >= 0) {
                slot = (slot + 1) & mask;
            }
            index[slot] = cell;
        }
    }

    private static int[] emptyIndex(int capacity) {
        int[] empty = new int[Integer.highestOneBit(capacity) * 4];
        Arrays.fill(empty, -1);
        return empty;
    }
}
