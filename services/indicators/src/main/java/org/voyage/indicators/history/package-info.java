/**
 * Figures as they were known at a point in time, built from the evidence at that time by the same fold as the live
 * figures.
 */
@NullMarked
package org.voyage.indicators.history;

import org.jspecify.annotations.NullMarked;
