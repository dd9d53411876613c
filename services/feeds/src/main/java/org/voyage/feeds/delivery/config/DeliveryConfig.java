package org.voyage.feeds.delivery.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of webhooks. */
@ConfigMapping(prefix = "voyage.feeds.delivery")
public interface DeliveryConfig {

    /** Returns whether this instance delivers; without it other instances do. */
    @WithDefault("true")
    boolean enabled();

    /** Returns whether {@code http} URLs are accepted. The start in production fails with it. */
    @WithDefault("false")
    boolean httpAllowed();

    /** Returns the ports that URLs may name; 0 allows every port. */
    @WithDefault("443,8443")
    List<Integer> ports();

    /** Returns networks in CIDR form that may be called though they are not public, e.g. {@code 10.20.0.0/16}. */
    Optional<List<String>> allowedNetworks();

    /** Returns the maximum number of endpoints of one alliance. */
    @WithDefault("50")
    int endpointsPerAlliance();

    /** Returns the shortest pause between two challenges or test events of one endpoint. */
    @WithDefault("5s")
    Duration challengePause();

    /** Returns how long a former secret signs along after a rotation, if the alliance names no end. */
    @WithDefault("24h")
    Duration secretOverlap();

    /** Returns the longest time of a whole exchange, from the look-up of the name to the end of the reply. */
    @WithDefault("15s")
    Duration exchangeTimeout();

    /** Returns the longest time to connect, TLS included. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** Returns how long an instance holds an endpoint without renewing its lease. */
    @WithDefault("10s")
    Duration lease();

    /** Returns how many events after the low-water mark may be under way or done. */
    @WithDefault("256")
    int window();

    /** Returns how many requests to one endpoint run at a time. */
    @WithDefault("16")
    int inFlight();

    /** Returns how many events may wait at one endpoint behind refused ones of their record before all others wait. */
    @WithDefault("1000")
    int held();

    /** Returns how many events must be ready before a batch is sent. */
    @WithDefault("64")
    int batchThreshold();

    /** Returns the maximum number of events of a batch. */
    @WithDefault("100")
    int batchEvents();

    /** Returns the maximum number of bytes of a batch; a larger event goes alone. */
    @WithDefault("524288")
    int batchBytes();

    /**
     * Returns the bytes of bodies that this instance holds in memory for all endpoints together: half of them read ahead,
     * half under way.
     */
    @WithDefault("67108864")
    int memoryBytes();

    /** Returns the pauses between the tries of a refused event; after the last of them it is set aside. */
    @WithDefault("5s,1m,5m,30m,1h,2h,5h,10h,14h,20h,24h")
    List<Duration> retryPauses();

    /** Returns the largest part of a pause that is added at random, in percent. */
    @WithDefault("10")
    int jitterPercent();

    /** Returns how many different events must be refused in a row until the endpoint counts as down. */
    @WithDefault("10")
    int refusalsToDown();

    /** Returns the first pause between probes of an endpoint that is down; it doubles up to the longest. */
    @WithDefault("5s")
    Duration firstProbe();

    /** Returns the longest pause between probes of an endpoint that is down. */
    @WithDefault("15m")
    Duration longestProbe();

    /** Returns the longest {@code Retry-After} that is honoured. */
    @WithDefault("24h")
    Duration longestRetryAfter();

    /** Returns after what time an endpoint that is down is disabled. */
    @WithDefault("5d")
    Duration disableAfter();

    /** Returns the longest time between an accepted delivery and the note of it; a crash repeats what is not noted. */
    @WithDefault("250ms")
    Duration noteEvery();

    /** Returns how often the grants of an alliance are read again while its events are sent. */
    @WithDefault("1s")
    Duration scopeEvery();

    /** Returns how long attempts are kept. */
    @WithDefault("30d")
    Duration keep();

    /** Returns the part of the retention of events, in percent, after which an unread one expires soon. */
    @WithDefault("80")
    int expiryWarningPercent();
}
