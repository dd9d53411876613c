/** Tests of the evidence, with real PostgreSQL and Kafka. */
@NullMarked
package org.voyage.indicators.evidence;

import org.jspecify.annotations.NullMarked;
