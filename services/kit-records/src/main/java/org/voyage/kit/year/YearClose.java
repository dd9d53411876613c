package org.voyage.kit.year;

import org.jspecify.annotations.Nullable;

/**
 * State of a year close of a province.
 *
 * @param reason why the national team returned or reopened the year; null otherwise
 */
record YearClose(YearState state, @Nullable String reason) {}
