package org.voyage.indicators.live;

import java.util.Arrays;

/**
 * The sums of one figure by every combination of its coordinates that occurs, the last coordinate being time. Flat
 * arrays: a million cells are scanned in a few milliseconds. Written by one thread under the lock of the figures.
 */
public final class Cube {

    private static final int FIRST_CAPACITY = 64;

    private final int width;
    private int[] coordinates;
    private long[] amounts;
    private int[] index;
    private int size;
    private long changes;

    Cube(int width) {
        this.width = width;
        this.coordinates = new int[FIRST_CAPACITY * width];
        this.amounts = new long[FIRST_CAPACITY];
        this.index = emptyIndex(FIRST_CAPACITY);
    }

    /** The same sums, going on by themselves. */
    public Cube copy() {
        Cube copy = new Cube(width);
        copy.coordinates = coordinates.clone();
        copy.amounts = amounts.clone();
        copy.index = index.clone();
        copy.size = size;
        copy.changes = changes;
        return copy;
    }

    /** Adds to the cell at these coordinates. */
    void add(int[] at, long amount) {
        changes++;
        int slot = slotOf(at);
        if (index[slot] >= 0) {
            amounts[index[slot]] += amount;
            return;
        }
        if (size == amounts.length) {
            makeRoom();
            slot = slotOf(at);
        }
        System.arraycopy(at, 0, coordinates, size * width, width);
        amounts[size] = amount;
        index[slot] = size++;
    }

    /** Grows whenever something is added: who finds it as it was finds the sums as they were. */
    public long changes() {
        return changes;
    }

    /** Cells are numbered from 0; some may hold 0. */
    public int size() {
        return size;
    }

    public long amount(int cell) {
        return amounts[cell];
    }

    public int coordinate(int cell, int column) {
        return coordinates[cell * width + column];
    }

    public int time(int cell) {
        return coordinates[cell * width + width - 1];
    }

    private int slotOf(int[] at) {
        int mask = index.length - 1;
        int slot = hash(at) & mask;
        while (index[slot] >= 0 && !isAt(index[slot], at)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    /** Coordinates are small numbers in a row: without thorough mixing they would crowd in a few places. */
    private int hash(int[] at) {
        long hash = 0;
        for (int i = 0; i < width; i++) {
            hash = (hash ^ at[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
        return (int) (hash >>> 32);
    }

    private boolean isAt(int cell, int[] at) {
        int base = cell * width;
        for (int i = 0; i < width; i++) {
            if (coordinates[base + i] != at[i]) {
                return false;
            }
        }
        return true;
    }

    /** Forgets the cells that came to hold 0, and doubles the room when that does not free a half. */
    private void makeRoom() {
        int kept = 0;
        for (int cell = 0; cell < size; cell++) {
            if (amounts[cell] != 0) {
                System.arraycopy(coordinates, cell * width, coordinates, kept * width, width);
                amounts[kept++] = amounts[cell];
            }
        }
        size = kept;
        if (size > amounts.length / 2) {
            coordinates = Arrays.copyOf(coordinates, coordinates.length * 2);
            amounts = Arrays.copyOf(amounts, amounts.length * 2);
        }
        index = emptyIndex(amounts.length);
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
