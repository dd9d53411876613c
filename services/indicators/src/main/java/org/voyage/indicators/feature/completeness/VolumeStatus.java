package org.voyage.indicators.feature.completeness;

/** How many records there are, beside how many are expected. */
enum VolumeStatus {
    FEWER,
    AS_EXPECTED,
    MORE;

    /** Where neither is so many, half and twice come by chance. */
    private static final long MIN_COMPARED_RECORDS = 20;

    /** Below half is fewer, above twice is more. */
    static VolumeStatus compare(long there, long expected) {
        if (Math.max(there, expected) < MIN_COMPARED_RECORDS) {
            return AS_EXPECTED;
        }
        return 2 * there < expected ? FEWER : there > 2 * expected ? MORE : AS_EXPECTED;
    }
}
