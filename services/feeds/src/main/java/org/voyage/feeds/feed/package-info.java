/** Subscriptions of alliances: their events, the assigner that numbers them, and the ways to read them. */
@NullMarked
package org.voyage.feeds.feed;

import org.jspecify.annotations.NullMarked;
