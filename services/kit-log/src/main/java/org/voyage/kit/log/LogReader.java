package org.voyage.kit.log;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.trace.EventTraces;

/**
 * Reader of the topics from given offsets, without a consumer group and without offsets in Kafka. It waits for topics
 * that do not exist yet and discovers new partitions. Used by one thread.
 */
public final class LogReader implements AutoCloseable {

    /** Represents the beginning of the data that Kafka still has. */
    public static final long FROM_BEGINNING = -1;

    private static final Logger LOG = Logger.getLogger(LogReader.class);
    private static final Duration LAST_EVENTS_POLL = Duration.ofMillis(200);
    private static final long LAST_EVENTS_LIMIT_NANOS = Duration.ofSeconds(10).toNanos();
    /** Number of offsets in which the last event is looked for first. */
    private static final long FIRST_SPAN_OFFSETS = 16;

    private static final int SPAN_FACTOR = 16;

    private final KafkaConsumer<String, ByteBuffer> consumer;
    private final LogTopics topics;
    private final Predicate<TopicPartition> isAssigned;
    private final ToLongFunction<TopicPartition> startOffset;
    private final StoredLogEnds stored;
    private final long discoveryNanos;
    /** First offset of the generation, by partition. */
    private final Map<TopicPartition, Long> firstOffsets = new HashMap<>();
    /** Partitions whose log was found to begin again since the last poll. */
    private final Map<TopicPartition, Long> restarted = new HashMap<>();

    private final Set<TopicPartition> assigned = new HashSet<>();
    private long nextDiscovery = System.nanoTime();

    /**
     * @param mine filter of the partitions to read
     * @param stored the ends up to which the database holds the log, for the recognition of another log
     * @param start the first offset for a partition that was not read yet, or {@link #FROM_BEGINNING}
     */
    public LogReader(
            KafkaConsumer<String, ByteBuffer> consumer,
            LogTopics topics,
            Predicate<TopicPartition> mine,
            ToLongFunction<TopicPartition> start,
            StoredLogEnds stored,
            Duration discovery) {
        this.consumer = consumer;
        this.topics = topics;
        this.isAssigned = mine;
        this.startOffset = start;
        this.stored = stored;
        this.discoveryNanos = discovery.toNanos();
    }

    /**
     * Returns the next events of committed transactions, in the order of each partition; empty when none has arrived within
     * the timeout.
     */
    public LogChunk pollChunk(Duration timeout) {
        discoverPartitions();
        if (assigned.isEmpty()) {
            return LogChunk.EMPTY;
        }
        ConsumerRecords<String, ByteBuffer> records = consumer.poll(timeout);
        List<LogMessage> deliveries = new ArrayList<>(records.count());
        Map<TopicPartition, Long> next = new HashMap<>(restarted);
        Set<TopicPartition> again = Set.copyOf(restarted.keySet());
        restarted.clear();
        for (TopicPartition partition : records.partitions()) {
            String record = topics.recordOf(partition.topic());
            long first = firstOffset(partition);
            records.records(partition).forEach(message -> deliveries.add(LogMessage.of(message, record, first)));
        }
        // The ends of transactions and aborted events take offsets too. A partition may advance without an event.
        records.nextOffsets()
                .forEach((partition, offset) -> next.put(partition, firstOffset(partition) + offset.offset()));
        return new LogChunk(deliveries, next, again);
    }

    /** Returns the offset of each existing partition up to which all transactions have ended. */
    public Map<TopicPartition, Long> endOffsets() {
        Map<TopicPartition, Long> ends = new HashMap<>();
        consumer.endOffsets(existingPartitions())
                .forEach((partition, end) -> ends.put(partition, firstOffset(partition) + end));
        return ends;
    }

    /** Returns the first offset that Kafka still has, counted from the beginning of the generation. */
    public Map<TopicPartition, Long> beginningOffsets() {
        return consumer.beginningOffsets(existingPartitions());
    }

    /** Returns the offset after the last polled event of a followed partition. */
    public long nextOffset(TopicPartition partition) {
        return firstOffset(partition) + consumer.position(partition);
    }

    public Set<TopicPartition> assigned() {
        return Set.copyOf(assigned);
    }

    /**
     * Returns the number of events in Kafka that are not read yet, as of the last poll. It asks Kafka for the end of partitions
     * that were not fetched yet.
     */
    public long computeLag() {
        long lag = 0;
        List<TopicPartition> unfetched = new ArrayList<>(0);
        for (TopicPartition partition : assigned) {
            OptionalLong fetched = consumer.currentLag(partition);
            lag += fetched.orElse(0);
            if (fetched.isEmpty()) {
                unfetched.add(partition);
            }
        }
        if (!unfetched.isEmpty()) {
            for (Map.Entry<TopicPartition, Long> end :
                    consumer.endOffsets(unfetched).entrySet()) {
                lag += Math.max(0, end.getValue() - consumer.position(end.getKey()));
            }
        }
        return lag;
    }

    /** Interrupts a waiting poll, which throws a WakeupException. Any thread may call this. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void discoverPartitions() {
        if (System.nanoTime() - nextDiscovery < 0) {
            return;
        }
        nextDiscovery = System.nanoTime() + discoveryNanos;
        List<TopicPartition> added = new ArrayList<>();
        for (TopicPartition partition : existingPartitions()) {
            if (assigned.add(partition)) {
                added.add(partition);
            }
        }
        if (added.isEmpty()) {
            return;
        }
        // For an assigned partition, Kafka's consumer keeps this answer as the end: its lag would be 0.
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(added);
        consumer.assign(assigned);
        Map<TopicPartition, Long> from = new HashMap<>();
        for (TopicPartition partition : added) {
            long offset = startOffset.applyAsLong(partition);
            if (offset == FROM_BEGINNING) {
                consumer.seek(partition, beginnings.getOrDefault(partition, 0L));
            } else {
                from.put(partition, offset);
            }
        }
        if (!from.isEmpty()) {
            seekOrRestart(from, beginnings);
        }
    }

    /** Seeks the offsets, unless Kafka was restored or emptied since: then the partition is read from its beginning. */
    private void seekOrRestart(Map<TopicPartition, Long> from, Map<TopicPartition, Long> beginnings) {
        Map<TopicPartition, StoredLogEnds.StoredLogEnd> known = loadEndsIfPossible();
        Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
        Map<TopicPartition, Long> storedEnds = new HashMap<>();
        from.forEach((partition, offset) -> {
            consumer.seek(partition, PartitionEpoch.kafkaOffset(offset));
            StoredLogEnds.StoredLogEnd end = known.get(partition);
            long next = PartitionEpoch.kafkaOffset(offset);
            if (end != null
                    && end.nextOffset() == offset
                    && end.lastPosition() >= 0
                    && next > beginnings.getOrDefault(partition, 0L)
                    && next <= ends.getOrDefault(partition, 0L)) {
                storedEnds.put(partition, next);
            }
        });
        Map<TopicPartition, Long> positions = readLastPositions(storedEnds, beginnings);
        from.forEach((partition, offset) -> {
            StoredLogEnds.StoredLogEnd end = known.get(partition);
            long storedGeneration = end == null ? 0 : PartitionEpoch.generationOf(end.nextOffset());
            long position = positions.getOrDefault(partition, -1L);
            boolean isOther = end != null && position >= 0 && position != end.lastPosition();
            if (isOther
                    || storedGeneration > PartitionEpoch.generationOf(offset)
                    || PartitionEpoch.kafkaOffset(offset) > ends.getOrDefault(partition, 0L)) {
                restartPartition(
                        partition, Math.max(storedGeneration, PartitionEpoch.generationOf(offset) + 1), beginnings);
            } else {
                firstOffsets.put(partition, PartitionEpoch.firstOffset(PartitionEpoch.generationOf(offset)));
                consumer.seek(partition, PartitionEpoch.kafkaOffset(offset));
            }
        });
    }

    private void restartPartition(TopicPartition partition, long generation, Map<TopicPartition, Long> beginnings) {
        LOG.warnf("%s is another log than the one that was read: it is read again from its beginning", partition);
        long beginning = beginnings.getOrDefault(partition, 0L);
        long first = PartitionEpoch.firstOffset(generation);
        firstOffsets.put(partition, first);
        restarted.put(partition, first + beginning);
        consumer.seek(partition, beginning);
    }

    /**
     * Returns the outbox position of the last event before each offset; no entry where there is none. Ends of transactions
     * and aborted events come between, so it reads ever larger spans.
     */
    private Map<TopicPartition, Long> readLastPositions(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> beginnings) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        for (long span = FIRST_SPAN_OFFSETS; !open.isEmpty(); span *= SPAN_FACTOR) {
            for (Map.Entry<TopicPartition, Long> each : open.entrySet()) {
                long beginning = beginnings.getOrDefault(each.getKey(), 0L);
                each.setValue(Math.max(beginning, ends.getOrDefault(each.getKey(), 0L) - span));
            }
            readPositions(open, ends, positions);
            open.entrySet()
                    .removeIf(each -> positions.containsKey(each.getKey())
                            || each.getValue() <= beginnings.getOrDefault(each.getKey(), 0L));
        }
        return positions;
    }

    /** Reads the events between two offsets of each partition, and notes the outbox position of the last one. */
    private void readPositions(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
        Set<TopicPartition> others = new HashSet<>(assigned);
        others.removeAll(from.keySet());
        consumer.pause(others);
        from.forEach((partition, offset) -> consumer.seek(partition, offset.longValue()));
        Set<TopicPartition> open = new HashSet<>(from.keySet());
        long deadline = System.nanoTime() + LAST_EVENTS_LIMIT_NANOS;
        while (!open.isEmpty()) {
            for (ConsumerRecord<String, ByteBuffer> message : consumer.poll(LAST_EVENTS_POLL)) {
                TopicPartition partition = new TopicPartition(message.topic(), message.partition());
                if (message.offset() < ends.getOrDefault(partition, 0L)) {
                    positions.put(partition, LogMessage.parsePosition(message));
                }
            }
            open.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            if (System.nanoTime() - deadline > 0) {
                throw new KafkaException("Kafka does not answer with the last events of " + open);
            }
        }
        consumer.resume(others);
    }

    /** Reading goes on while PostgreSQL is away: then another log is recognised by its end only. */
    private Map<TopicPartition, StoredLogEnds.StoredLogEnd> loadEndsIfPossible() {
        try {
            return stored.loadEnds();
        } catch (DatabaseException e) {
            LOG.warnf("the stored ends of the log cannot be read: %s", e.getMessage());
            return Map.of();
        }
    }

    /** Returns the first offset of the partition's generation. */
    private long firstOffset(TopicPartition partition) {
        if (!firstOffsets.containsKey(partition)) {
            stored.loadEnds()
                    .forEach((its, end) -> firstOffsets.putIfAbsent(
                            its, PartitionEpoch.firstOffset(PartitionEpoch.generationOf(end.nextOffset()))));
            firstOffsets.putIfAbsent(partition, 0L);
        }
        return firstOffsets.getOrDefault(partition, 0L);
    }

    private List<TopicPartition> existingPartitions() {
        Map<String, List<PartitionInfo>> known = consumer.listTopics();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics.names()) {
            for (PartitionInfo info : known.getOrDefault(topic, List.of())) {
                TopicPartition partition = new TopicPartition(topic, info.partition());
                if (isAssigned.test(partition)) {
                    partitions.add(partition);
                }
            }
        }
        return partitions;
    }

    /**
     * Chunk of the events of one poll.
     *
     * @param nextOffsets per partition the offset after the events of the chunk. A partition may have advanced without an
     *     event, past the end of a transaction
     * @param restarted partitions whose log is another one than the stored one: Kafka was restored or emptied, or the
     *     topic was made again. The events of such a partition follow from its beginning, in the next generation.
     */
    public record LogChunk(
            List<LogMessage> messages, Map<TopicPartition, Long> nextOffsets, Set<TopicPartition> restarted) {
        static final LogChunk EMPTY = new LogChunk(List.of(), Map.of());

        /** Creates a chunk of logs that are the stored ones. */
        public LogChunk(List<LogMessage> messages, Map<TopicPartition, Long> nextOffsets) {
            this(messages, nextOffsets, Set.of());
        }

        public boolean isEmpty() {
            return nextOffsets.isEmpty();
        }

        /**
         * Begins a span for each traced message.
         *
         * @param reader name of who processes the messages
         * @param begun gets the spans
         * @return the chunk, whose messages name these spans as those before
         */
        LogChunk beginSpans(String reader, List<Span> begun) {
            if (messages.stream().allMatch(message -> message.traceparent() == null)) {
                return this;
            }
            List<LogMessage> traced = messages.stream()
                    .map(message -> message.traceparent() == null
                            ? message
                            : beginSpan(reader, message, message.traceparent(), begun))
                    .toList();
            return new LogChunk(traced, nextOffsets, restarted);
        }

        private static LogMessage beginSpan(String reader, LogMessage message, String traceparent, List<Span> begun) {
            Span span = EventTraces.beginSpan(
                    "process " + message.topic(), SpanKind.CONSUMER, message.topic(), traceparent);
            begun.add(span.setAttribute("messaging.consumer.group.name", reader));
            return message.withTraceparent(EventTraces.traceparentOf(span));
        }
    }
}
