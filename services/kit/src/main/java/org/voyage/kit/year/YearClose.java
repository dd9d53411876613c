package org.voyage.kit.year;

import org.jspecify.annotations.Nullable;

/**
 * What a year is for a province.
 *
 * @param reason why the national team gave it back or opened it again; null otherwise
 */
record YearClose(YearState state, @Nullable String reason) {}
