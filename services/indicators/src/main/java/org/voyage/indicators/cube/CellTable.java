package org.voyage.indicators.cube;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sums by the coordinates that they stand at, the last of these being time. Flat arrays: a million cells are scanned in a
 * few milliseconds.
 */
final class CellTable {

    private static final int FIRST_CAPACITY = 64;
    private static final int[] NO_INDEX = {};

    private final int width;
    private int[] coordinates;
    private long[] amounts;
    /** How many finer cells that do not hold 0 each one sums up; null when there are none that are finer. */
    private int @Nullable [] finerCells;

    private int[] index;
    private int size;
    /** Whether others read the same arrays: then amounts go on in arrays of their own, and coordinates never move. */
    private boolean shared;

    private CellTable(int width, int[] coordinates, long[] amounts, int @Nullable [] behind, int[] index) {
        this.width = width;
        this.coordinates = coordinates;
        this.amounts = amounts;
        this.finerCells = behind;
        this.index = index;
    }

    /** @param width how many coordinates a cell has, with the time */
    static CellTable createFinest(int width) {
        return new CellTable(
                width, new int[FIRST_CAPACITY * width], new long[FIRST_CAPACITY], null, emptyIndex(FIRST_CAPACITY));
    }

    /** For sums of finer cells. */
    static CellTable createRolledUp(int width) {
        return new CellTable(
                width,
                new int[FIRST_CAPACITY * width],
                new long[FIRST_CAPACITY],
                new int[FIRST_CAPACITY],
                emptyIndex(FIRST_CAPACITY));
    }

    /**
     * The sums as they are now, to be read and never to be added to. Nothing is copied until something is added here. By who
     * holds the read lock.
     */
    CellTable freeze() {
        shared = true;
        CellTable frozen = new CellTable(width, coordinates, amounts, finerCells, NO_INDEX);
        frozen.size = size;
        return frozen;
    }

    /**
     * Adds to a cell of the finest.
     *
     * @return by how much there are more cells now that do not hold 0: -1, 0 or 1
     */
    int addToFinest(int[] at, long amount) {
        detachShared();
        int cell = findOrCreateCell(at);
        int before = finerCells(cell);
        amounts[cell] += amount;
        return finerCells(cell) - before;
    }

    /** Adds to a cell that sums up finer ones; {@code cells} of these are more now that do not hold 0. */
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

    /** How many coordinates a cell has, with the time. */
    int width() {
        return width;
    }

    /** Cells are numbered from 0; some may hold nothing. */
    int size() {
        return size;
    }

    long amountOf(int cell) {
        return amounts[cell];
    }

    /** Of how many of the finest cells that do not hold 0 this is the sum; the sum itself may be 0. */
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
        int slot = hashOf(at) & mask;
        while (index[slot] >= 0 && !hasCoordinates(index[slot], at)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Coordinates are small numbers in a row: without thorough mixing they would crowd in a few places. */
    private int hashOf(int[] at) {
        long hash = 0;
        for (int i = 0; i < width; i++) {
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

    /** Forgets the cells that came to hold nothing, and doubles the room when that does not free a half. */
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
        int[] at = new int[width];
        for (int cell = 0; cell < size; cell++) {
            System.arraycopy(coordinates, cell * width, at, 0, width);
            index[slotOf(at)] = cell;
        }
    }

    private static int[] emptyIndex(int capacity) {
        int[] empty = new int[Integer.highestOneBit(capacity) * 4];
        Arrays.fill(empty, -1);
        return empty;
    }
}
