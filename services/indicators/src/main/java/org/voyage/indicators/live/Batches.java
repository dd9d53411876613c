package org.voyage.indicators.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.intake.Delivery;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.LogReader;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Positions.Position;

/** Makes batches for the figures of what polls of the log gave. For one thread at a time. */
public final class Batches {

    private static final Logger LOG = Logger.getLogger(Batches.class);

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final FactReaders readers;
    private final Runnable unreadable;

    /** @param unreadable is run for each event that cannot be read */
    public Batches(Layouts layouts, Dictionaries dictionaries, Runnable unreadable) {
        this.readers = new FactReaders(layouts, dictionaries);
        this.unreadable = unreadable;
    }

    public LiveBatch of(LogReader.Chunk chunk) {
        List<LiveBatch.Item> items = new ArrayList<>(chunk.deliveries().size());
        Map<TopicPartition, Position> positions = new HashMap<>();
        chunk.next().forEach((partition, offset) -> positions.put(partition, new Position(offset, -1)));
        for (Delivery delivery : chunk.deliveries()) {
            addItem(delivery, items);
            positions.computeIfPresent(
                    new TopicPartition(delivery.topic(), delivery.partition()),
                    (_, reached) -> new Position(reached.offset(), Math.max(reached.outbox(), delivery.position())));
        }
        return new LiveBatch(items, positions);
    }

    private void addItem(Delivery delivery, List<LiveBatch.Item> items) {
        String key = delivery.key();
        try {
            FactEvent event = readers.of(delivery.record()).read(key, delivery.value());
            items.add(new LiveBatch.Item(
                    delivery.topic(), delivery.record(), event.key(), event, event.version(), micros(delivery.time())));
        } catch (UnreadableEvent e) {
            unreadable.run();
            LOG.warnf(
                    "unreadable event at %s-%d@%d: %s",
                    delivery.topic(), delivery.partition(), delivery.offset(), e.reason());
            if (key != null) {
                items.add(new LiveBatch.Item(delivery.topic(), delivery.record(), key, null));
            }
        }
    }

    /** What is beyond all calendars is no time. */
    private static long micros(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST)
                ? ByYear.NO_TIME
                : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
