package org.voyage.demo;

/** Says of each of a known number in turn whether it is among a part of them; the part is spread evenly. */
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

    /** Whether the next one belongs to the part. */
    boolean takeNext() {
        seen++;
        return seen * part / whole > (seen - 1) * part / whole;
    }
}
