package org.voyage.kit.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** Settings of the outbox. */
@ConfigMapping(prefix = "voyage.outbox")
public interface OutboxConfig {

    /** Returns the service's name: CloudEvents source {@code /voyage/<name>}. */
    String service();

    /** Returns the topics that the service owns; missing ones are created at start. */
    List<String> topics();

    /**
     * Returns the number of partitions of each topic. Receipts depend on it: it must not change while the service runs.
     */
    @WithDefault("6")
    int partitions();

    /** Returns the number of replicas of each topic; 3 in a cluster. */
    @WithDefault("1")
    short replication();

    /**
     * Returns the maximum size of an event, in bytes of JSON; a larger one is refused with its change. A topic must take
     * messages that are 8 KiB larger ({@code max.message.bytes}); otherwise nothing is published into it.
     */
    @WithDefault("900000")
    int maxEventBytes();

    /**
     * Returns how long the relay gathers events for the next batch after one that was not full. After 50 or more events
     * it gathers three times as long, after fewer than 20 a quarter. It does not gather for the first batch after a
     * pause, and not while a client waits at the leading instance.
     */
    @WithDefault("20ms")
    Duration gather();

    /** Returns how long a relay may be silent before another takes over. */
    @WithDefault("6s")
    Duration lease();

    /** Returns the longest sleep of an idle relay; a commit wakes it at once. */
    @WithDefault("500ms")
    Duration poll();

    /** Returns the pause before a retry of a blocked key, or of Kafka after an error. */
    @WithDefault("5s")
    Duration retry();

    /**
     * Returns the age after which published rows of the outbox are dropped, whole days at a time. Records and their
     * history are kept permanently.
     */
    @WithDefault("400d")
    Duration retention();

    /** Returns whether this instance may relay (tests and tools turn it off). */
    @WithDefault("true")
    boolean relay();
}
