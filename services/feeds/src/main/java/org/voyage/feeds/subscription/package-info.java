/**
 * Subscriptions: an alliance sees what it may have, tries a filter, subscribes, and reads its feed by pull or as a stream.
 *
 * <p>The position is in each request, so that any instance answers it.
 */
@NullMarked
package org.voyage.feeds.subscription;

import org.jspecify.annotations.NullMarked;
