/** The fold, held against a recomputation that shares nothing with it. */
@NullMarked
package org.voyage.indicators.live;

import org.jspecify.annotations.NullMarked;
