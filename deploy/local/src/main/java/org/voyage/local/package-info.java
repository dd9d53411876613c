/**
 * The whole platform on one machine, of real parts: PostgreSQL, a Kafka broker, a token issuer and the services.
 *
 * <p>Every part is a process of its own that is restarted when it dies, and none outlives the launcher: see {@link
 * org.voyage.local.ProcessGuard}.
 */
@NullMarked
package org.voyage.local;

import org.jspecify.annotations.NullMarked;
