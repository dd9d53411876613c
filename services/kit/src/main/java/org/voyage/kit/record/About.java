package org.voyage.kit.record;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The year that a record is about.
 *
 * @param field its field that begins with the year: a year, a day
 * @param year null if the record does not say
 */
public record About<T>(String field, Function<T, @Nullable Integer> year) {}
