@NullMarked
package org.voyage.indicators.feature.release;

import org.jspecify.annotations.NullMarked;
