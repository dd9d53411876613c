/** Count as a Kafka Streams application, to compare with live figures and evidence. */
@NullMarked
package org.voyage.bench.streams;

import org.jspecify.annotations.NullMarked;
