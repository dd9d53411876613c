package org.voyage.indicators.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.live.LogPosition.PartitionPosition;
import org.voyage.kit.log.LogMessage;
import org.voyage.kit.log.LogReader;

/**
 * Decoder of the polls of the log into batches for the figures. It parses the parts of a long poll on all processors,
 * and keeps the order of the log. For one thread at a time.
 */
public final class LiveBatchDecoder {

    private static final Logger LOG = Logger.getLogger(LiveBatchDecoder.class);

    private static final Instant FIRST_TIME = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59Z");

    /** Fewer messages are not worth another thread. */
    private static final int MIN_PART_MESSAGES = 50;

    /** Readers of each part. */
    private final List<FactReaderRegistry> readers;

    private final Runnable unreadable;

    /** @param unreadable runs for each unreadable event, in any thread */
    public LiveBatchDecoder(RecordLayoutRegistry layouts, DictionaryRegistry dictionaries, Runnable unreadable) {
        this.readers = Stream.generate(() -> new FactReaderRegistry(layouts, dictionaries))
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
        this.unreadable = unreadable;
    }

    public LiveBatch decode(LogReader.LogChunk chunk) {
        List<LogMessage> messages = chunk.messages();
        int count = messages.size();
        int parts = Math.clamp(count / MIN_PART_MESSAGES, 1, readers.size());
        List<LiveBatch.LiveBatchItem> items = IntStream.range(0, parts)
                .parallel()
                .mapToObj(part -> decodePart(
                        messages.subList(count * part / parts, count * (part + 1) / parts), readers.get(part)))
                .flatMap(List::stream)
                .toList();
        Map<TopicPartition, PartitionPosition> positions = new HashMap<>();
        chunk.nextOffsets().forEach((partition, offset) -> positions.put(partition, new PartitionPosition(offset, -1)));
        for (LogMessage message : messages) {
            positions.computeIfPresent(
                    new TopicPartition(message.topic(), message.partition()),
                    (_, reached) ->
                            new PartitionPosition(reached.offset(), Math.max(reached.outbox(), message.position())));
        }
        return new LiveBatch(items, positions);
    }

    private List<LiveBatch.LiveBatchItem> decodePart(List<LogMessage> messages, FactReaderRegistry registry) {
        List<LiveBatch.LiveBatchItem> items = new ArrayList<>(messages.size());
        for (LogMessage message : messages) {
            String key = message.key();
            try {
                FactEvent event = registry.readerOf(message.record()).readEvent(message);
                items.add(new LiveBatch.LiveBatchItem(
                        message.topic(),
                        message.record(),
                        event.key(),
                        event,
                        event.version(),
                        toMicros(message.time()),
                        message.traceparent()));
            } catch (UnreadableEventException e) {
                unreadable.run();
                LOG.warnf(
                        "unreadable event at %s-%d@%d: %s",
                        message.topic(), message.partition(), message.offset(), e.reason());
                if (key != null) {
                    items.add(new LiveBatch.LiveBatchItem(message.topic(), message.record(), key, null));
                }
            }
        }
        return items;
    }

    /** Converts a time to microseconds; a time beyond all calendars becomes no time. */
    private static long toMicros(Instant time) {
        return time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME)
                ? FactCountsByYear.NO_TIME
                : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
