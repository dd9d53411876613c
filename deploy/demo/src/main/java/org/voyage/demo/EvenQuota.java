package org.voyage.demo;

/** Even selection of a part from a known number of items in sequence. */
final class EvenQuota {

    private final long part;
    private final long whole;
    private long seen;

    EvenQuota(long part, long whole) {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException(part + " of " + whole);
        }
        this.part = part;
        this.whole = whole;
    }

    /** Returns whether the next item belongs to the part. */
    boolean takeNext() {
        seen++;
        return seen * part / whole > (seen - 1) * part / whole;
    }
}
