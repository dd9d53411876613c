package org.voyage.indicators.completeness;

/** How many records there are, beside how many are expected. */
enum Amount {
    FEWER,
    AS_EXPECTED,
    MORE;

    /** Where neither is so many, half and twice come by chance. */
    private static final long FEW = 20;

    /** Below half is fewer, above twice is more. */
    static Amount of(long there, long expected) {
        if (Math.max(there, expected) < FEW) {
            return AS_EXPECTED;
        }
        return 2 * there < expected ? FEWER : there > 2 * expected ? MORE : AS_EXPECTED;
    }
}
