/** Extension of a Kafka broker that alliances reach. It runs inside the broker. */
@NullMarked
package org.voyage.broker;

import org.jspecify.annotations.NullMarked;
