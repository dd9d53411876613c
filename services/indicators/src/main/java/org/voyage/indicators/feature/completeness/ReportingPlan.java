package org.voyage.indicators.feature.completeness;

import java.time.Instant;

/**
 * A version of the reporting plan: the expected records of a year.
 *
 * @param lines number of senders in the plan; an empty plan expects the numbers of the year before
 * @param loadedBy client id of the operator
 */
record ReportingPlan(int year, int version, int lines, Instant loadedAt, String loadedBy) {}
