/** Explanations, held against the figures themselves. */
@NullMarked
package org.voyage.indicators.explanation;

import org.jspecify.annotations.NullMarked;
