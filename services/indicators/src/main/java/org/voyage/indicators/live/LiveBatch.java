package org.voyage.indicators.live;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.FactEvent;

/** Batch of the events of one poll of the log. */
public record LiveBatch(List<LiveBatchItem> items, Map<TopicPartition, LogPosition.PartitionPosition> positions) {

    /**
     * @param event null when the event of this key is unreadable
     * @param version version of the event; 0 when it is unknown, so that it counts as newer than all others
     * @param micros time of the change, since 1970; {@link FactCountsByYear#NO_TIME} when it does not matter
     * @param traceparent of the span that changes the figures; null when the event has no trace
     */
    public record LiveBatchItem(
            String topic,
            String record,
            String key,
            @Nullable FactEvent event,
            int version,
            long micros,
            @Nullable String traceparent) {

        /** Creates an item without a trace. */
        public LiveBatchItem(
                String topic, String record, String key, @Nullable FactEvent event, int version, long micros) {
            this(topic, record, key, event, version, micros, null);
        }

        public LiveBatchItem(String topic, String record, String key, @Nullable FactEvent event, int version) {
            this(topic, record, key, event, version, FactCountsByYear.NO_TIME);
        }

        public LiveBatchItem(String topic, String record, String key, @Nullable FactEvent event) {
            this(topic, record, key, event, event == null ? 0 : event.version());
        }
    }
}
