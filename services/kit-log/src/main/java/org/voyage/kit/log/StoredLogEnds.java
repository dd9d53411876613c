package org.voyage.kit.log;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Ends up to which the database holds the log. */
public interface StoredLogEnds {

    /**
     * @param nextOffset offset after the last stored event
     * @param lastPosition outbox position of that event; -1 when it is unknown
     */
    record StoredLogEnd(long nextOffset, long lastPosition) {}

    Map<TopicPartition, StoredLogEnd> loadEnds();
}
