package org.voyage.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How a service's events leave it. */
@ConfigMapping(prefix = "voyage.outbox")
public interface OutboxConfig {

    /** The service's name: CloudEvents source {@code /voyage/<name>}. */
    String service();

    /** The topics the service owns; created at start where they are missing. */
    List<String> topics();

    /** Partitions of each topic. Receipts depend on it: it must not change while the service runs. */
    @WithDefault("6")
    int partitions();

    /** Copies of each topic; 3 in a cluster. */
    @WithDefault("1")
    short replication();

    /** Largest event, in bytes of JSON; a larger one is refused at append. */
    @WithDefault("900000")
    int maxEventBytes();

    /** Rows read, sent and acknowledged together. */
    @WithDefault("5000")
    int batch();

    /**
     * After a batch that was not full, the next one gathers at least so long, after one of 50 or more three times as long, after
     * one of fewer than 20 a quarter of it; the first after a rest, and what somebody waits for at the instance that leads, leaves at once.
     */
    @WithDefault("20ms")
    Duration gather();

    /** The longest that an answer waits for its events to be on Kafka, where the client prefers that. */
    @WithDefault("10s")
    Duration publicationWait();

    /** Batches on their way to Kafka at the same time. */
    @WithDefault("4")
    int inFlight();

    /** How long a relay may be silent before another takes over. */
    @WithDefault("15s")
    Duration lease();

    /** The longest sleep of an idle relay; a commit wakes it at once. */
    @WithDefault("500ms")
    Duration poll();

    /** Pause before a stopped key, or Kafka after an error, is tried again. */
    @WithDefault("5s")
    Duration retry();

    /** Pause between two measurements of how far the relay is behind. */
    @WithDefault("5s")
    Duration measureEvery();

    /** Published rows older than this are dropped, whole days at a time. */
    @WithDefault("400d")
    Duration retention();

    /** Whether this instance relays at all (tests and tools turn it off). */
    @WithDefault("true")
    boolean relay();
}
