/** Preview of the figures with hypothetical records; nothing is stored. */
@NullMarked
package org.voyage.indicators.feature.preview;

import org.jspecify.annotations.NullMarked;
