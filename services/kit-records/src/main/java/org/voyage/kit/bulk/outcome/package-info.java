/** Outcomes of rows, and their counts by cause and by year. */
@NullMarked
package org.voyage.kit.bulk.outcome;

import org.jspecify.annotations.NullMarked;
