/** Order and retries of the deliveries to one endpoint: a state machine without clock, network or database. */
@NullMarked
package org.voyage.feeds.delivery.queue;

import org.jspecify.annotations.NullMarked;
