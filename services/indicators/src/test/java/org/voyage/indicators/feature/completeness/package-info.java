@NullMarked
package org.voyage.indicators.feature.completeness;

import org.jspecify.annotations.NullMarked;
