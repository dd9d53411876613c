package org.voyage.kit.bulk.outcome;

import org.voyage.kit.problem.Finding;

/**
 * What is odd about the records now that all rows of a file are among them.
 *
 * @param rows of the file that it is about
 */
public record BatchWarning(Finding finding, long rows) {}
