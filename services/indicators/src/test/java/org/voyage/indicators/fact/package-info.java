@NullMarked
package org.voyage.indicators.fact;

import org.jspecify.annotations.NullMarked;
