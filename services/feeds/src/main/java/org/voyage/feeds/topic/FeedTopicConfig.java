package org.voyage.feeds.topic;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Configuration of the topics of feeds. */
@ConfigMapping(prefix = "voyage.feeds.kafka")
public interface FeedTopicConfig {

    /** Bootstrap servers of Kafka as alliances reach them. Without it no feed has a topic. */
    Optional<String> address();

    /** Subject of the tokens of an alliance, without its code at the end. It names the alliance in Kafka. */
    @WithDefault("alliance-")
    String principalPrefix();

    /** Maximum number of bytes that an alliance reads in a second from one broker. */
    @WithDefault("5242880")
    double bytesPerSecond();

    /** Maximum share of the time of a broker's threads that the requests of an alliance take, in percent of one thread. */
    @WithDefault("25")
    double requestPercent();

    /** Interval of the comparison of topics, access rules and quotas with the feeds. */
    @WithDefault("30s")
    Duration reconcileEvery();
}
