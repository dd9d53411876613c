/** Reading Kafka topics: consumers, poll loops, messages with parsed headers. */
@NullMarked
package org.voyage.indicators.log;

import org.jspecify.annotations.NullMarked;
