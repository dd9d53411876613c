package org.voyage.kit.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** Reader of the service's own events in Kafka, without a consumer group. For one thread. */
final class LogTailReader implements AutoCloseable {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);
    private static final long SILENCE_LIMIT_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long DISCOVERY_LIMIT_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long VISIBILITY_PAUSE_NANOS = Duration.ofMillis(1).toNanos();
    private static final long DISCOVERY_PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    /** Number of offsets that are read first; markers of transactions take offsets too. */
    private static final long FIRST_WINDOW_OFFSETS = 16;

    private static final int WINDOW_FACTOR = 16;

    private final KafkaConsumer<String, byte[]> consumer;
    private final OutboxConfig config;
    private final String source;
    private final Runnable meanwhile;

    /**
     * @param kafka settings of the connection
     * @param meanwhile runs after each poll
     */
    LogTailReader(Map<String, Object> kafka, OutboxConfig config, Runnable meanwhile) {
        this.config = config;
        this.meanwhile = meanwhile;
        this.source = CloudEventMapper.sourceOf(config.service()).toString();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        // It reads up to a known end; a fetch that waits there would hold up the next span.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, List.of());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Event that this service published.
     *
     * @param type its CloudEvents type
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record OwnEvent(
            TopicPartition partition, String key, String id, String type, long position, int epoch, byte[] data) {}

    /** Returns the own event with the largest position among the last ones of each partition that has one. */
    Map<TopicPartition, LogTail> readTails() {
        Map<TopicPartition, Long> ends = findEnds(findPartitions());
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ends.keySet());
        Map<TopicPartition, LogTail> tails = new HashMap<>();
        long window = FIRST_WINDOW_OFFSETS;
        Map<TopicPartition, Long> from = new HashMap<>();
        ends.forEach((partition, end) -> {
            if (end > beginnings.getOrDefault(partition, 0L)) {
                from.put(partition, end);
            }
        });
        while (!from.isEmpty()) {
            for (Map.Entry<TopicPartition, Long> each : from.entrySet()) {
                TopicPartition partition = each.getKey();
                long begin = beginnings.getOrDefault(partition, 0L);
                each.setValue(Math.max(begin, ends.getOrDefault(partition, 0L) - window));
            }
            readSpan(from, ends, event -> tails.merge(event.partition(), toTail(event), LogTailReader::laterTail));
            from.entrySet()
                    .removeIf(each -> tails.containsKey(each.getKey())
                            || each.getValue() <= beginnings.getOrDefault(each.getKey(), 0L));
            window *= WINDOW_FACTOR;
        }
        return tails;
    }

    private static LogTail toTail(OwnEvent event) {
        return new LogTail(event.position(), event.id(), event.epoch());
    }

    /** The missed events of a blocked key, and events that are sent again, come after events with larger positions. */
    private static LogTail laterTail(LogTail before, LogTail after) {
        LogTail greatest = after.position() > before.position() ? after : before;
        return new LogTail(greatest.position(), greatest.id(), Math.max(before.epoch(), after.epoch()));
    }

    /** Returns whether a partition has an own event of at least this position; reads the whole partition. */
    boolean reachesPosition(TopicPartition partition, long position) {
        AtomicBoolean found = new AtomicBoolean();
        forEachEvent(partition, event -> {
            if (event.position() >= position) {
                found.set(true);
            }
        });
        return found.get();
    }

    /** Returns whether the broker has deleted all events of a partition for their age: an emptied Kafka ends at 0. */
    boolean isExpired(TopicPartition partition) {
        long end = findEnds(List.of(partition)).getOrDefault(partition, 0L);
        return end > 0 && end == consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Passes every own event up to the present end of the partition to the visitor, those of one key in their order. */
    void forEachEvent(TopicPartition partition, Consumer<OwnEvent> visitor) {
        Map<TopicPartition, Long> ends = findEnds(List.of(partition));
        readSpan(consumer.beginningOffsets(List.of(partition)), ends, visitor);
    }

    private Map<TopicPartition, Long> findEnds(List<TopicPartition> partitions) {
        // The client warns of each partition whose end it learns and that is not assigned.
        consumer.assign(partitions);
        return consumer.endOffsets(partitions);
    }

    /**
     * Waits until readers see a transaction that was committed: the end of a transaction takes the offset after its last event.
     * {@link #findEnds()} comes before.
     *
     * @param lastOffsets offset of the last event of the transaction in each of its partitions
     * @param patience after which a silent Kafka is asked again
     */
    void awaitVisible(Map<TopicPartition, Long> lastOffsets, Duration patience) {
        while (!areVisible(lastOffsets, patience)) {
            meanwhile.run();
            LockSupport.parkNanos(VISIBILITY_PAUSE_NANOS);
        }
    }

    private boolean areVisible(Map<TopicPartition, Long> lastOffsets, Duration patience) {
        try {
            Map<TopicPartition, Long> ends = consumer.endOffsets(lastOffsets.keySet(), patience);
            return lastOffsets.entrySet().stream()
                    .allMatch(last -> ends.getOrDefault(last.getKey(), 0L) > last.getValue() + 1);
        } catch (TimeoutException silent) {
            return false;
        }
    }

    /** Returns the offset after the last event of each partition of the service's topics. */
    Map<TopicPartition, Long> findEnds() {
        return findEnds(findPartitions());
    }

    /** Returns all partitions of the service's topics. */
    List<TopicPartition> findPartitions() {
        long deadline = System.nanoTime() + DISCOVERY_LIMIT_NANOS;
        while (true) {
            Map<String, List<PartitionInfo>> known = consumer.listTopics();
            List<TopicPartition> partitions = new ArrayList<>();
            for (String topic : config.topics()) {
                known.getOrDefault(topic, List.of())
                        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
            if (partitions.size() >= config.topics().size() * config.partitions()) {
                return partitions;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new MissingTopicException(config.topics());
            }
            LockSupport.parkNanos(DISCOVERY_PAUSE_NANOS);
        }
    }

    /** Absence of a topic that the service has created. */
    static final class MissingTopicException extends RuntimeException {
        MissingTopicException(List<String> topics) {
            super("Kafka lacks a topic of " + topics);
        }
    }

    private void readSpan(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends, Consumer<OwnEvent> visitor) {
        consumer.assign(from.keySet());
        from.forEach((partition, offset) -> consumer.seek(partition, offset.longValue()));
        Set<TopicPartition> open = new HashSet<>(from.keySet());
        open.removeIf(partition -> isRead(partition, ends));
        long heardAt = System.nanoTime();
        while (!open.isEmpty()) {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL_TIMEOUT);
            meanwhile.run();
            for (ConsumerRecord<String, byte[]> message : records) {
                TopicPartition partition = new TopicPartition(message.topic(), message.partition());
                if (message.offset() < ends.getOrDefault(partition, 0L)) {
                    toOwnEvent(partition, message).ifPresent(visitor);
                }
            }
            if (open.removeIf(partition -> isRead(partition, ends)) || !records.isEmpty()) {
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt > SILENCE_LIMIT_NANOS) {
                throw new IllegalStateException("Kafka does not answer with the events of " + open);
            }
        }
    }

    private boolean isRead(TopicPartition partition, Map<TopicPartition, Long> ends) {
        return consumer.position(partition) >= ends.getOrDefault(partition, 0L);
    }

    private Optional<OwnEvent> toOwnEvent(TopicPartition partition, ConsumerRecord<String, byte[]> message) {
        String id = headerOf(message, "ce_id");
        String type = headerOf(message, "ce_type");
        long position = parseNumber(headerOf(message, "ce_position"), -1);
        if (!source.equals(headerOf(message, "ce_source"))
                || id == null
                || type == null
                || position < 0
                || message.key() == null
                || message.value() == null) {
            return Optional.empty();
        }
        int epoch = (int) parseNumber(headerOf(message, "ce_" + CloudEventMapper.EPOCH_ATTRIBUTE), 0);
        return Optional.of(new OwnEvent(partition, message.key(), id, type, position, epoch, message.value()));
    }

    private static @Nullable String headerOf(ConsumerRecord<String, byte[]> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long parseNumber(@Nullable String digits, long otherwise) {
        return digits != null && digits.matches("\\d{1,18}") ? Long.parseLong(digits) : otherwise;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
