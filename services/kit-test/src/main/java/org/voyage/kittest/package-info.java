/** Shared test support of all services: real PostgreSQL, Kafka and token issuer, with tokens and records from them. */
@NullMarked
package org.voyage.kittest;

import org.jspecify.annotations.NullMarked;
