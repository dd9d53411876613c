/**
 * Figures as they were known at a moment: filled from the evidence of that moment, by the same fold that keeps them live.
 */
@NullMarked
package org.voyage.indicators.history;

import org.jspecify.annotations.NullMarked;
