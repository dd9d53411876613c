/** Explanation of figures: the records behind a value, and the causes of its change between two checkpoints. */
@NullMarked
package org.voyage.indicators.feature.explanation;

import org.jspecify.annotations.NullMarked;
