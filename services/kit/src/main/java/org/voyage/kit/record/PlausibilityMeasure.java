package org.voyage.kit.record;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A number of a record that seldom jumps: from one version to the next, or from one year to the next.
 *
 * @param field its name
 * @param series the years that it is compared over; null if a record has no such neighbours
 */
public record PlausibilityMeasure<T>(
        String field, ToLongFunction<T> value, @Nullable SeriesDefinition<T> series) {

    /**
     * Records of one thing, one for each year.
     *
     * @param name what they are of, as the column {@code series} of their table has it
     */
    public record SeriesDefinition<T>(Function<T, String> name, ToIntFunction<T> year) {}
}
