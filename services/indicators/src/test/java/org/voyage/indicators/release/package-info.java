/** Figures for readers outside. */
@NullMarked
package org.voyage.indicators.release;

import org.jspecify.annotations.NullMarked;
