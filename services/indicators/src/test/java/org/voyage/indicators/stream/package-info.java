/** The stream, over HTTP. */
@NullMarked
package org.voyage.indicators.stream;

import org.jspecify.annotations.NullMarked;
