package org.voyage.feeds.delivery.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of webhooks. */
@ConfigMapping(prefix = "voyage.feeds.delivery")
public interface DeliveryConfig {

    /** Returns whether {@code http} URLs are accepted, and each port. The start in production fails with it. */
    @WithDefault("false")
    boolean httpAllowed();

    /** Returns networks in CIDR form that may be called though they are not public, e.g. {@code 10.20.0.0/16}. */
    Optional<List<String>> allowedNetworks();

    /** Returns the maximum number of endpoints of one alliance. */
    @WithDefault("50")
    int endpointsPerAlliance();

    /** Returns the shortest pause between two challenges or test events of one endpoint. */
    @WithDefault("5s")
    Duration challengePause();

    /** Returns the longest time of a whole exchange, from the look-up of the name to the end of the reply. */
    @WithDefault("15s")
    Duration exchangeTimeout();

    /**
     * Returns the bytes of bodies that this instance holds in memory for all endpoints together: half of them read ahead,
     * half under way.
     */
    @WithDefault("67108864")
    int memoryBytes();

    /** Returns the pauses between the tries of a refused event; after the last of them it is set aside. */
    @WithDefault("5s,1m,5m,30m,1h,2h,5h,10h,14h,20h,24h")
    List<Duration> retryPauses();

    /** Returns the first pause between probes of an endpoint that is down; it doubles up to the longest. */
    @WithDefault("5s")
    Duration firstProbe();

    /** Returns after what time an endpoint that is down is disabled. */
    @WithDefault("5d")
    Duration disableAfter();
}
