/** Indicators. */
@NullMarked
package org.voyage.indicators;

import org.jspecify.annotations.NullMarked;
