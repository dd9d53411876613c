package org.voyage.kit.bulk.outcome;

import org.voyage.kit.problem.Finding;

/**
 * Warning about the records after all rows of a file.
 *
 * @param rows number of rows that it concerns
 */
public record BatchWarning(Finding finding, long rows) {}
