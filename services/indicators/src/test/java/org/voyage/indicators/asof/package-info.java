/** Tests of figures as they were known at a moment. */
@NullMarked
package org.voyage.indicators.asof;

import org.jspecify.annotations.NullMarked;
