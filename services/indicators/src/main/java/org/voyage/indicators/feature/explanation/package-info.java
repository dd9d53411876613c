/** Why a figure is what it is: the records behind a value, and what moved it between two moments. */
@NullMarked
package org.voyage.indicators.feature.explanation;

import org.jspecify.annotations.NullMarked;
