/** Definitions of figures, read from YAML and checked at start. */
@NullMarked
package org.voyage.indicators.definition;

import org.jspecify.annotations.NullMarked;
