/** Previews, over HTTP. */
@NullMarked
package org.voyage.indicators.preview;

import org.jspecify.annotations.NullMarked;
