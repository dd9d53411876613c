package org.voyage.indicators.live;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.intake.FactEvent;

/** What one poll of the log gave. */
public record LiveBatch(List<Item> items, Map<TopicPartition, Positions.Position> positions) {

    /** @param event null when the event about this key could not be read */
    public record Item(
            String topic,
            String record,
            String key,
            @Nullable FactEvent event) {}
}
