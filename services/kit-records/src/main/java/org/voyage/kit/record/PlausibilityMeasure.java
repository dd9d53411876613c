package org.voyage.kit.record;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measure for plausibility checks: a number of a record that seldom jumps from one version or one year to the next.
 *
 * @param field its name
 * @param series the years that it is compared over; null if the record has no series
 */
public record PlausibilityMeasure<T>(
        String field, ToLongFunction<T> value, @Nullable SeriesDefinition<T> series) {

    /**
     * Series of records of one subject, one record for each year.
     *
     * @param name name of the subject, as in the column {@code series} of the table
     */
    public record SeriesDefinition<T>(Function<T, String> name, ToIntFunction<T> year) {}
}
