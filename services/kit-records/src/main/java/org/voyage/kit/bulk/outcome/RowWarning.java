package org.voyage.kit.bulk.outcome;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.problem.Finding;

/**
 * Warning about a row in comparison with stored records.
 *
 * @param sourceId key of the row; null if it may not be shown
 */
public record RowWarning(@Nullable String sourceId, Finding finding) {}
