@NullMarked
package org.voyage.indicators.indicator;

import org.jspecify.annotations.NullMarked;
