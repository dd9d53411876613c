/** Tests of this package. */
@NullMarked
package org.voyage.indicators.feature.tabular;

import org.jspecify.annotations.NullMarked;
