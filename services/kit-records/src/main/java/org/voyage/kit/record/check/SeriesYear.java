package org.voyage.kit.record.check;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.record.PlausibilityMeasure;
import org.voyage.kit.record.RecordKey;

/** One year of a series of one subject, such as the students of a school in a major. */
record SeriesYear(Province province, String series, int year) {

    /** Returns the series and year of a record; null if its type has no series. */
    static <T> @Nullable SeriesYear of(@Nullable PlausibilityMeasure<T> amount, RecordKey key, T record) {
        PlausibilityMeasure.SeriesDefinition<T> series = amount == null ? null : amount.series();
        return series == null
                ? null
                : new SeriesYear(
                        key.province(),
                        series.name().apply(record),
                        series.year().applyAsInt(record));
    }

    SeriesYear previousYear() {
        return new SeriesYear(province, series, year - 1);
    }

    /** Returns the series as a key for the query of its records. */
    RecordKey seriesKey() {
        return new RecordKey(province, series);
    }
}
