/** Endpoints of alliances: URLs that were proven, secrets, deliveries, replays, and the API for them. */
@NullMarked
package org.voyage.feeds.delivery.endpoint;

import org.jspecify.annotations.NullMarked;
