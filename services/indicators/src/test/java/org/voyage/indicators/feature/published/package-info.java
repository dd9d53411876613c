@NullMarked
package org.voyage.indicators.feature.published;

import org.jspecify.annotations.NullMarked;
