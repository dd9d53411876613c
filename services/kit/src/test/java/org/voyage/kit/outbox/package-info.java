/** The outbox, in front of a real PostgreSQL and Kafka. */
@NullMarked
package org.voyage.kit.outbox;

import org.jspecify.annotations.NullMarked;
