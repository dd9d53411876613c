@NullMarked
package org.voyage.indicators.feature.format;

import org.jspecify.annotations.NullMarked;
