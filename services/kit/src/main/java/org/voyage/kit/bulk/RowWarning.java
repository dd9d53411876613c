package org.voyage.kit.bulk;

import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Finding;

/**
 * What is odd about a row beside records that are stored.
 *
 * @param sourceId its key; null if that is not told
 */
record RowWarning(@Nullable String sourceId, Finding finding) {}
