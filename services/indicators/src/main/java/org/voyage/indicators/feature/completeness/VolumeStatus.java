package org.voyage.indicators.feature.completeness;

/** Status of the number of records compared with the expected number. */
enum VolumeStatus {
    FEWER,
    AS_EXPECTED,
    MORE;

    /** Below this number, the ratio of two counts varies by chance. */
    private static final long MIN_COMPARED_RECORDS = 20;

    /** Returns fewer below half of the expected number, more above twice the number. */
    static VolumeStatus compare(long there, long expected) {
        if (Math.max(there, expected) < MIN_COMPARED_RECORDS) {
            return AS_EXPECTED;
        }
        return 2 * there < expected ? FEWER : there > 2 * expected ? MORE : AS_EXPECTED;
    }
}
