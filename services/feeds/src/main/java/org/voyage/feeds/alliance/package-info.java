/** Alliances that operators have admitted, their members, and whether one may read now. */
@NullMarked
package org.voyage.feeds.alliance;

import org.jspecify.annotations.NullMarked;
