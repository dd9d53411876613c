package org.voyage.indicators.cube;

import java.util.Arrays;
import java.util.stream.IntStream;

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
    private int[] index;
    private int size;
    /**
     * Whether a frozen copy reads the same arrays. Then this table copies the amounts before a change, and coordinates
     * never move.
     */
    private boolean shared;

    private CellTable(int width, int[] coordinates, long[] amounts, int[] index) {
        this.width = width;
        this.coordinates = coordinates;
        this.amounts = amounts;
        this.index = index;
    }

    /** @param width number of coordinates of a cell, with the time */
    CellTable(int width) {
        this(width, new int[FIRST_CAPACITY * width], new long[FIRST_CAPACITY], emptyIndex(FIRST_CAPACITY));
    }

    /**
     * Returns a read-only copy of the current sums. Nothing is copied until this table changes. The caller holds the
     * read lock.
     */
    CellTable freeze() {
        shared = true;
        CellTable frozen = new CellTable(width, coordinates, amounts, NO_INDEX);
        frozen.size = size;
        return frozen;
    }

    /** Adds to the cell at these coordinates. */
    void addToCell(int[] at, long amount) {
        if (shared) {
            amounts = amounts.clone();
            shared = false;
        }
        int cell = findOrCreateCell(at);
        amounts[cell] += amount;
    }

    /** Returns the number of cells, which are numbered from 0. Some cells may be empty. */
    int size() {
        return size;
    }

    long amountOf(int cell) {
        return amounts[cell];
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
        if (IntStream.range(0, size).anyMatch(cell -> amounts[cell] == 0)) {
            removeEmptyCells();
        }
        resizeTo(size > amounts.length / 2 ? amounts.length * 2 : amounts.length);
    }

    private void removeEmptyCells() {
        int kept = 0;
        int[] before = coordinates;
        coordinates = new int[before.length];
        for (int cell = 0; cell < size; cell++) {
            if (amounts[cell] != 0) {
                System.arraycopy(before, cell * width, coordinates, kept * width, width);
                amounts[kept] = amounts[cell];
                kept++;
            }
        }
        size = kept;
    }

    private void resizeTo(int capacity) {
        if (capacity > amounts.length) {
            coordinates = Arrays.copyOf(coordinates, Math.multiplyExact(capacity, width));
            amounts = Arrays.copyOf(amounts, capacity);
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
