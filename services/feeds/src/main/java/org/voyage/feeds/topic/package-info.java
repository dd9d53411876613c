/** Feeds on Kafka: a topic per feed, and who may read it. */
@NullMarked
package org.voyage.feeds.topic;

import org.jspecify.annotations.NullMarked;
