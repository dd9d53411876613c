@NullMarked
package org.voyage.indicators.feature.stream;

import org.jspecify.annotations.NullMarked;
