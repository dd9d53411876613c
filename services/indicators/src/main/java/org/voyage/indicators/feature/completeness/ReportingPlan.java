package org.voyage.indicators.feature.completeness;

import java.time.Instant;

/**
 * A version of what is expected about a year.
 *
 * @param lines how many senders it names; with none it expects what the year before had
 * @param loadedBy client id of the operator
 */
record ReportingPlan(int year, int version, int lines, Instant loadedAt, String loadedBy) {}
