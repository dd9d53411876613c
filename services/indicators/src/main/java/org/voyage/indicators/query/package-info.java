/** Query engine for figures. */
@NullMarked
package org.voyage.indicators.query;

import org.jspecify.annotations.NullMarked;
