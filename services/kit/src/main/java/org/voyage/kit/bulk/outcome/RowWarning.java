package org.voyage.kit.bulk.outcome;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * What is odd about a row beside records that are stored.
 *
 * @param sourceId its key; null if that is not told
 */
public record RowWarning(@Nullable String sourceId, Finding finding) {}
