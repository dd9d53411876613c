@NullMarked
package org.voyage.indicators.feature.values;

import org.jspecify.annotations.NullMarked;
