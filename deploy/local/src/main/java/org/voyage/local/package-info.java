/**
 * Launcher of the whole platform on one machine with real parts: PostgreSQL, a Kafka broker, a token issuer and the
 * services.
 *
 * <p>Every part is a process of its own that restarts when it dies. No part outlives the launcher: see
 * {@link org.voyage.local.ProcessGuard}.
 */
@NullMarked
package org.voyage.local;

import org.jspecify.annotations.NullMarked;
