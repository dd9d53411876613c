/** Reconciliation of published statistics with live figures, and contradictions among the published ones. */
@NullMarked
package org.voyage.indicators.feature.reconciliation;

import org.jspecify.annotations.NullMarked;
