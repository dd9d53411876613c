package org.voyage.indicators.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
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

/**
 * Makes batches for the figures of what polls of the log gave. Long ones are read in parts, side by side, and put together
 * in the order of the log. For one thread.
 */
public final class Batches {

    private static final Logger LOG = Logger.getLogger(Batches.class);
    /** From so many events on a part of its own is worth it. */
    private static final int PART = 500;

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final List<FactReaders> readers;
    private final Runnable unreadable;

    /**
     * @param unreadable is run for each event that cannot be read, by any thread
     */
    public Batches(Layouts layouts, Dictionaries dictionaries, Runnable unreadable) {
        this.readers = Stream.generate(() -> new FactReaders(layouts, dictionaries))
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
        this.unreadable = unreadable;
    }

    public LiveBatch of(LogReader.Chunk chunk) {
        List<Delivery> deliveries = chunk.deliveries();
        Map<TopicPartition, Position> positions = new HashMap<>();
        chunk.next().forEach((partition, offset) -> positions.put(partition, new Position(offset, -1)));
        int to;
        for (int from = 0; from < deliveries.size(); from = to) {
            Delivery first = deliveries.get(from);
            long outbox = -1;
            for (to = from; to < deliveries.size() && isOfOne(first, deliveries.get(to)); to++) {
                outbox = Math.max(outbox, deliveries.get(to).position());
            }
            reach(positions, new TopicPartition(first.topic(), first.partition()), outbox);
        }
        return new LiveBatch(items(deliveries), positions);
    }

    /** Deliveries of one partition come in rows. */
    private static boolean isOfOne(Delivery first, Delivery delivery) {
        return delivery.partition() == first.partition() && delivery.topic().equals(first.topic());
    }

    private static void reach(Map<TopicPartition, Position> positions, TopicPartition partition, long outbox) {
        positions.computeIfPresent(
                partition,
                (_, position) -> outbox <= position.outbox() ? position : new Position(position.offset(), outbox));
    }

    private List<LiveBatch.Item> items(List<Delivery> deliveries) {
        int parts = Math.clamp(deliveries.size() / PART, 1, readers.size());
        List<CompletableFuture<List<LiveBatch.Item>>> others = new ArrayList<>();
        for (int part = 1; part < parts; part++) {
            FactReaders its = readers.get(part);
            List<Delivery> mine = part(deliveries, part, parts);
            others.add(CompletableFuture.supplyAsync(() -> read(mine, its)));
        }
        List<LiveBatch.Item> items = read(part(deliveries, 0, parts), readers.getFirst());
        others.forEach(other -> items.addAll(other.join()));
        return items;
    }

    private static List<Delivery> part(List<Delivery> deliveries, int part, int parts) {
        return deliveries.subList(deliveries.size() * part / parts, deliveries.size() * (part + 1) / parts);
    }

    private List<LiveBatch.Item> read(List<Delivery> deliveries, FactReaders with) {
        List<LiveBatch.Item> items = new ArrayList<>(deliveries.size());
        deliveries.forEach(delivery -> add(items, delivery, with));
        return items;
    }

    /** What is beyond all calendars is no time. */
    private static long micros(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST)
                ? ByYear.NO_TIME
                : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private void add(List<LiveBatch.Item> items, Delivery delivery, FactReaders with) {
        try {
            FactEvent event = with.of(delivery.record()).read(delivery.key(), delivery.value());
            items.add(new LiveBatch.Item(
                    delivery.topic(), delivery.record(), event.key(), event, event.version(), micros(delivery.time())));
        } catch (UnreadableEvent e) {
            unreadable.run();
            LOG.warnf(
                    "unreadable event at %s-%d@%d: %s",
                    delivery.topic(), delivery.partition(), delivery.offset(), e.reason());
            String key = delivery.key();
            if (key != null) {
                items.add(new LiveBatch.Item(delivery.topic(), delivery.record(), key, null));
            }
        }
    }
}
