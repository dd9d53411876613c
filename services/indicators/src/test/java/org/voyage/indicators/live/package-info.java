/** Tests of the fold against a recount that shares no code with it. */
@NullMarked
package org.voyage.indicators.live;

import org.jspecify.annotations.NullMarked;
