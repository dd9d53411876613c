/** Tests of published statistics that operators load. */
@NullMarked
package org.voyage.indicators.published;

import org.jspecify.annotations.NullMarked;
