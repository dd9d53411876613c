package org.voyage.indicators.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
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
 * Makes batches for the figures of what polls of the log gave. Long ones are read in parts by whichever processor is free,
 * which begins before anybody asks for the batch, and put together in the order of the log.
 */
public final class Batches {

    private static final Logger LOG = Logger.getLogger(Batches.class);
    /** So few events that nobody waits long for the last part. */
    private static final int PART = 250;

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Layouts layouts;
    private final Dictionaries dictionaries;
    private final Runnable unreadable;
    /** Those with which nobody reads at the moment. */
    private final Queue<FactReaders> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param unreadable is run for each event that cannot be read, by who asks for the batch
     */
    public Batches(Layouts layouts, Dictionaries dictionaries, Runnable unreadable) {
        this.layouts = layouts;
        this.dictionaries = dictionaries;
        this.unreadable = unreadable;
    }

    public LiveBatch of(LogReader.Chunk chunk) {
        return begin(chunk).batch();
    }

    /** Has what is long read by others meanwhile. */
    Reading begin(LogReader.Chunk chunk) {
        Reading reading = new Reading(chunk);
        int others = Math.min(Runtime.getRuntime().availableProcessors(), reading.parts.size()) - 1;
        for (int i = 0; i < others; i++) {
            ForkJoinPool.commonPool().execute(reading::go);
        }
        return reading;
    }

    /** What a poll gave, while it is read. */
    final class Reading {
        private final LogReader.Chunk chunk;
        private final List<CompletableFuture<Part>> parts;
        /** The first part that nobody has taken yet. */
        private final AtomicInteger next = new AtomicInteger();

        Reading(LogReader.Chunk chunk) {
            this.chunk = chunk;
            this.parts = Stream.generate(CompletableFuture<Part>::new)
                    .limit(Math.ceilDiv(events(), PART))
                    .toList();
        }

        int events() {
            return chunk.deliveries().size();
        }

        /** Whether it takes the figures nowhere. */
        boolean isEmpty() {
            return chunk.isEmpty();
        }

        /** Reads what nobody has begun to read, and waits for the rest. */
        LiveBatch batch() {
            go();
            List<LiveBatch.Item> items = new ArrayList<>(events());
            // All of them first: when one fails, nothing of the others may have been counted.
            parts.stream().map(CompletableFuture::join).toList().forEach(part -> {
                items.addAll(part.items());
                part.unreadable().forEach(why -> {
                    unreadable.run();
                    LOG.warn(why);
                });
            });
            return new LiveBatch(items, positions(chunk));
        }

        private void go() {
            int part;
            while ((part = next.getAndIncrement()) < parts.size()) {
                int from = part * PART;
                parts.get(part)
                        .completeAsync(
                                () -> read(chunk.deliveries().subList(from, Math.min(from + PART, events()))),
                                Runnable::run);
            }
        }
    }

    private Part read(List<Delivery> deliveries) {
        FactReaders known = idle.poll();
        FactReaders with = known == null ? new FactReaders(layouts, dictionaries) : known;
        Part part = new Part(new ArrayList<>(deliveries.size()), new ArrayList<>());
        deliveries.forEach(delivery -> part.add(delivery, with));
        idle.add(with);
        return part;
    }

    /** @param unreadable what is wrong with events that cannot be read */
    private record Part(List<LiveBatch.Item> items, List<String> unreadable) {

        void add(Delivery delivery, FactReaders with) {
            try {
                FactEvent event = with.of(delivery.record()).read(delivery.key(), delivery.value());
                items.add(new LiveBatch.Item(
                        delivery.topic(),
                        delivery.record(),
                        event.key(),
                        event,
                        event.version(),
                        micros(delivery.time())));
            } catch (UnreadableEvent e) {
                unreadable.add("unreadable event at %s-%d@%d: %s"
                        .formatted(delivery.topic(), delivery.partition(), delivery.offset(), e.reason()));
                String key = delivery.key();
                if (key != null) {
                    items.add(new LiveBatch.Item(delivery.topic(), delivery.record(), key, null));
                }
            }
        }
    }

    private static Map<TopicPartition, Position> positions(LogReader.Chunk chunk) {
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
        return positions;
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

    /** What is beyond all calendars is no time. */
    private static long micros(Instant time) {
        return time.isBefore(FIRST) || time.isAfter(LAST)
                ? ByYear.NO_TIME
                : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
