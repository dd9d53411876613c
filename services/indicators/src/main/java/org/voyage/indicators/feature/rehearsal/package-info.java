/**
 * Rehearsal of a candidate definition: its figure is compared with the active one. Both are counted from the same
 * evidence, separately from the live figures.
 */
@NullMarked
package org.voyage.indicators.feature.rehearsal;

import org.jspecify.annotations.NullMarked;
