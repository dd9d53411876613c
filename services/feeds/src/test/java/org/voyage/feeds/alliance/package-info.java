/** Tests of alliances and members. */
@NullMarked
package org.voyage.feeds.alliance;

import org.jspecify.annotations.NullMarked;
