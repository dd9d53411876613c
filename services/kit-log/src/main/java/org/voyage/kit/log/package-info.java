/**
 * Reading Kafka topics: consumers, poll loops, messages with parsed headers. The offsets and the lease of the one active
 * reader are in the database of the service, in the tables of {@code db/kit-log}.
 */
@NullMarked
package org.voyage.kit.log;

import org.jspecify.annotations.NullMarked;
