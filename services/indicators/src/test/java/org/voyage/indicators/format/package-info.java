/** The formats of an answer, each by itself. */
@NullMarked
package org.voyage.indicators.format;

import org.jspecify.annotations.NullMarked;
