@NullMarked
package org.voyage.indicators.feature.preview;

import org.jspecify.annotations.NullMarked;
