/** Tests of the feeds. */
@NullMarked
package org.voyage.feeds;

import org.jspecify.annotations.NullMarked;
