package org.voyage.indicators.live;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.fact.FactEvent;

/** What one poll of the log gave. */
public record LiveBatch(List<LiveBatchItem> items, Map<TopicPartition, LogPosition.PartitionPosition> positions) {

    /**
     * @param event null when the event about this key could not be read
     * @param version of which it is; 0 when that is not known, so that it counts as newer than all others
     * @param micros when the change was made, since 1970; {@link FactCountsByYear#NO_TIME} when that does not matter
     */
    public record LiveBatchItem(
            String topic,
            String record,
            String key,
            @Nullable FactEvent event,
            int version,
            long micros) {

        public LiveBatchItem(String topic, String record, String key, @Nullable FactEvent event, int version) {
            this(topic, record, key, event, version, FactCountsByYear.NO_TIME);
        }

        public LiveBatchItem(String topic, String record, String key, @Nullable FactEvent event) {
            this(topic, record, key, event, event == null ? 0 : event.version());
        }
    }
}
