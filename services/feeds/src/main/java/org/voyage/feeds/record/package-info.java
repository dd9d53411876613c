/** Current state of the records that may leave, and what of it a reader may see. */
@NullMarked
package org.voyage.feeds.record;

import org.jspecify.annotations.NullMarked;
