/** Completeness, from events as the contracts have them. */
@NullMarked
package org.voyage.indicators.completeness;

import org.jspecify.annotations.NullMarked;
