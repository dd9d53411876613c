package org.voyage.kit.log;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** Durability of topics: an acknowledged event outlives the loss of one broker of three. */
public final class TopicDurability {

    private static final int REPLICAS_OF_CLUSTER = 3;

    private TopicDurability() {}

    /**
     * Returns the number of replicas that must have an event before Kafka acknowledges it: 2 of 3 or more. With fewer
     * replicas it is 1, because a topic would otherwise take nothing while a broker is away.
     */
    public static int requiredInSync(int replicas) {
        return replicas >= REPLICAS_OF_CLUSTER ? 2 : 1;
    }

    /** Returns the settings of a new topic with this number of replicas. */
    public static Map<String, String> settingsOf(int replicas) {
        return Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(requiredInSync(replicas)));
    }
}
