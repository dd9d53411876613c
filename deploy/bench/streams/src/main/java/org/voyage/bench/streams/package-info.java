/** The plain count as a Kafka Streams application, to measure live figures and evidence beside. */
@NullMarked
package org.voyage.bench.streams;

import org.jspecify.annotations.NullMarked;
