package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Positions.Position;

/** Makes batches for the figures of what polls of the log gave. For one thread, as its readers are. */
public final class Batches {

    private static final Logger LOG = Logger.getLogger(Batches.class);

    private final FactReaders readers;
    private final Runnable unreadable;

    /** @param unreadable is run for each event that cannot be read */
    public Batches(FactReaders readers, Runnable unreadable) {
        this.readers = readers;
        this.unreadable = unreadable;
    }

    public LiveBatch of(LogReader.Chunk chunk) {
        List<LiveBatch.Item> items = new ArrayList<>(chunk.deliveries().size());
        Map<TopicPartition, Position> positions = new HashMap<>();
        chunk.next().forEach((partition, offset) -> positions.put(partition, new Position(offset, -1)));
        for (Delivery delivery : chunk.deliveries()) {
            var message = delivery.message();
            positions.computeIfPresent(
                    new TopicPartition(message.topic(), message.partition()),
                    (partition, position) -> delivery.position() <= position.outbox()
                            ? position
                            : new Position(position.offset(), delivery.position()));
            add(items, delivery);
        }
        return new LiveBatch(items, positions);
    }

    private void add(List<LiveBatch.Item> items, Delivery delivery) {
        var message = delivery.message();
        try {
            items.add(new LiveBatch.Item(
                    message.topic(),
                    delivery.record(),
                    message.key(),
                    readers.of(delivery.record()).read(message.key(), message.value())));
        } catch (UnreadableEvent e) {
            unreadable.run();
            LOG.warnf(
                    "unreadable event at %s-%d@%d: %s",
                    message.topic(), message.partition(), message.offset(), e.reason());
            if (message.key() != null) {
                items.add(new LiveBatch.Item(message.topic(), delivery.record(), message.key(), null));
            }
        }
    }
}
