/** What the tests of all services share: real PostgreSQL, Kafka and token issuer, and tokens and records from them. */
@NullMarked
package org.voyage.kittest;

import org.jspecify.annotations.NullMarked;
