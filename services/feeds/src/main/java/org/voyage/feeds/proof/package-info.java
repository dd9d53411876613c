/** Digests of events, the chain over the events of a feed, and signed checkpoints. */
@NullMarked
package org.voyage.feeds.proof;

import org.jspecify.annotations.NullMarked;
