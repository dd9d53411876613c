/** Tests of the outbox with a real PostgreSQL and Kafka. */
@NullMarked
package org.voyage.kit.outbox;

import org.jspecify.annotations.NullMarked;
