/** Published statistics beside live figures, and what contradicts itself inside the published set. */
@NullMarked
package org.voyage.indicators.feature.reconciliation;

import org.jspecify.annotations.NullMarked;
