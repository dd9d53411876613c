package org.voyage.feeds.subscription;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of subscriptions and of their readers. */
@ConfigMapping(prefix = "voyage.feeds.subscriptions")
public interface SubscriptionConfig {

    /** Maximum number of feeds of one alliance. */
    @WithDefault("20")
    int maxFeeds();

    /** Silence after which a stream sends a comment. */
    @WithDefault("15s")
    Duration heartbeat();
}
