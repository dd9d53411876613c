package org.voyage.kit.outbox;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.trace.EventTraces;

/**
 * Session of the relay under one lease: reads ahead, sends a few batches in one transaction of Kafka after the other, and
 * moves the cursor only over committed transactions.
 */
class OutboxPublisher implements AutoCloseable {

    /** Batches in one transaction of Kafka. */
    private static final int MAX_BATCHES_IN_FLIGHT = 4;

    private static final Logger LOG = Logger.getLogger(OutboxPublisher.class);
    /** Interval at which the cursor is saved. */
    private static final Duration CURSOR_INTERVAL = Duration.ofMillis(50);
    /**
     * Maximum size of the events that Kafka has not acknowledged, in kilobytes: half of the producer's buffer, because a
     * batch that is not full takes the memory of a full one. With a full buffer the producer would block.
     */
    private static final int MAX_IN_FLIGHT_KILOBYTES = 20 * 1024;

    /** After this time a topic counts as missing, and a new session looks for it. */
    private static final Duration MAX_TOPIC_WAIT = Duration.ofSeconds(10);

    private final OutboxConfig config;
    private final OutboxStore store;
    private final Producer<String, byte[]> producer;
    private final LogTailReader tail;
    private final CloudEventMapper events;
    private final Set<String> knownTopics = new HashSet<>();
    private final RelayLease lease;
    private final ConfirmedLog log;
    private final AcknowledgedEnds ends;
    private final long maxMessageBytes;
    private final ArrayDeque<InFlightBatch> flights = new ArrayDeque<>();
    private final Set<BlockedKey> stopped;
    private final RelayReader reader;
    private final Connection connection;
    private final PublicationWaiters awaited;
    private final Semaphore buffer = new Semaphore(MAX_IN_FLIGHT_KILOBYTES);
    private long settled;
    private long saved;
    private LocalDate day;
    private long renewedAt = System.nanoTime();
    private long retriedAt = System.nanoTime();

    private OutboxPublisher(
            OutboxConfig config,
            OutboxStore store,
            Producer<String, byte[]> producer,
            LogTailReader tail,
            RelayReader reader,
            Connection connection,
            RelayLease lease,
            ConfirmedLog log,
            PublicationWaiters awaited) {
        this.config = config;
        this.store = store;
        this.events = new CloudEventMapper(config.service(), log.epoch().number());
        this.maxMessageBytes = CloudEventMapper.maxMessageBytes(config);
        this.lease = lease;
        this.log = log;
        this.ends = new AcknowledgedEnds(log.ends());
        this.reader = reader;
        this.connection = connection;
        this.producer = producer;
        this.tail = tail;
        this.settled = lease.position();
        this.saved = settled;
        this.day = lease.day();
        this.stopped = new HashSet<>(store.listBlockedKeys());
        this.awaited = awaited;
        awaited.completeReached(settled, stopped);
    }

    /**
     * Opens a session. When a part of it fails, every connection is returned.
     *
     * @param producer belongs to the caller
     * @param tail reader of the log, belongs to the caller
     * @param log the log as compared after the opening of the producer
     * @param awaited requests that wait for a publication
     */
    static OutboxPublisher open(
            OutboxConfig config,
            OutboxStore store,
            Producer<String, byte[]> producer,
            LogTailReader tail,
            RelayLease lease,
            ConfirmedLog log,
            PublicationWaiters awaited) {
        Deque<Runnable> opened = new ArrayDeque<>();
        try {
            RelayReader reader = new RelayReader(config, store, lease, awaited);
            opened.push(reader::close);
            Connection connection = store.openRelayConnection();
            opened.push(() -> store.returnRelayConnection(connection));
            return new OutboxPublisher(config, store, producer, tail, reader, connection, lease, log, awaited);
        } catch (Throwable failure) {
            opened.forEach(Runnable::run);
            throw failure;
        }
    }

    /** Returns the ends of the log as Kafka has acknowledged them to this session. */
    AcknowledgedEnds ends() {
        return ends;
    }

    /** Sends a batch or commits the sent ones. @return whether there was work */
    boolean runStep() {
        if (flights.isEmpty()) {
            requireWholeLog();
            retryBlockedKeys();
        }
        List<OutboxRow> rows = flights.size() < MAX_BATCHES_IN_FLIGHT ? reader.nextRows() : List.of();
        if (!rows.isEmpty()) {
            sendRows(rows);
        }
        boolean full = flights.size() >= MAX_BATCHES_IN_FLIGHT;
        if (!flights.isEmpty() && (full || rows.size() < RelayReader.BATCH_ROWS)) {
            commitBatches();
            return true;
        }
        if (rows.isEmpty()) {
            renewLeaseIfDue();
        }
        return !rows.isEmpty();
    }

    /** Commits the batches in flight, before an orderly end. */
    void settleAll() {
        if (!flights.isEmpty()) {
            commitBatches();
        }
        renewLease();
    }

    /** Returns how long the session may rest when there is no work. */
    Duration idleTime() {
        return saved == settled || CURSOR_INTERVAL.compareTo(config.poll()) > 0 ? config.poll() : CURSOR_INTERVAL;
    }

    private void sendRows(List<OutboxRow> rows) {
        renewLeaseIfDue();
        rows.stream().map(OutboxRow::topic).distinct().forEach(this::awaitTopic);
        if (flights.isEmpty()) {
            producer.beginTransaction();
        }
        InFlightBatch flight = new InFlightBatch(rows);
        for (OutboxRow row : rows) {
            if (isSkipped(row)) {
                flight.countSkipped();
                continue;
            }
            ProducerRecord<String, byte[]> message = events.toMessage(row);
            if (isTooLarge(message)) {
                blockKey(row, explainSize(message));
                flight.countSkipped();
            } else {
                sendMessage(row, message, flight);
            }
        }
        flights.add(flight);
    }

    private boolean isSkipped(OutboxRow row) {
        return log.isPublished(row) || !stopped.isEmpty() && stopped.stream().anyMatch(key -> key.blocks(row));
    }

    private boolean isTooLarge(OutboxRow row) {
        return isTooLarge(events.toMessage(row));
    }

    private boolean isTooLarge(ProducerRecord<String, byte[]> message) {
        return CloudEventMapper.estimateSize(message) > maxMessageBytes;
    }

    private String explainSize(ProducerRecord<String, byte[]> message) {
        return "The message has %d bytes, more than %d."
                .formatted(CloudEventMapper.estimateSize(message), maxMessageBytes);
    }

    private void sendMessage(OutboxRow row, ProducerRecord<String, byte[]> message, InFlightBatch flight) {
        int kilobytes = reserveBuffer(row);
        if (row.traceparent() != null) {
            Span span =
                    EventTraces.beginSpan("publish " + row.topic(), SpanKind.PRODUCER, row.topic(), row.traceparent());
            CloudEventMapper.setTraceparent(message, EventTraces.traceparentOf(span));
            flight.addSpan(span);
        }
        Future<RecordMetadata> sending =
                producer.send(message, flight.callbackFor(ends, () -> buffer.release(kilobytes)));
        switch (sending.state()) {
            case FAILED -> throw new IllegalStateException("Kafka does not take events", sending.exceptionNow());
            case SUCCESS, RUNNING, CANCELLED -> {}
        }
    }

    /**
     * Waits until the producer knows the topic, and keeps the lease meanwhile: a broker that has just returned answers
     * late, and a new session would only wait again.
     */
    private void awaitTopic(String topic) {
        long until = System.nanoTime() + MAX_TOPIC_WAIT.toNanos();
        while (!knownTopics.contains(topic)) {
            try {
                producer.partitionsFor(topic);
                knownTopics.add(topic);
            } catch (org.apache.kafka.common.errors.TimeoutException silent) {
                if (System.nanoTime() - until > 0) {
                    throw silent;
                }
                renewLease();
            }
        }
    }

    /** Waits until the producer has memory for an event, and keeps the lease meanwhile. */
    private int reserveBuffer(OutboxRow row) {
        int kilobytes = Math.min(MAX_IN_FLIGHT_KILOBYTES, 1 + row.data().length / 1024);
        try {
            while (!buffer.tryAcquire(kilobytes, config.lease().dividedBy(3).toMillis(), TimeUnit.MILLISECONDS)) {
                renewLease();
            }
            renewLeaseIfDue();
            return kilobytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Blocks the key at this event, unless it is already blocked at an earlier one. */
    private void blockKey(OutboxRow row, String reason) {
        if (stopped.stream().noneMatch(key -> key.blocks(row))) {
            stopped.removeIf(key -> key.isKeyOf(row));
            BlockedKey key = new BlockedKey(row.topic(), row.key(), row.position());
            store.blockKey(key, reason);
            stopped.add(key);
            LOG.errorf("Relay: %s of %s is stopped at position %d: %s", row.key(), row.topic(), row.position(), reason);
        }
    }

    private void commitBatches() {
        commitTransaction(flights);
        OutboxRow last = flights.getLast().lastRow();
        flights.clear();
        settled = last.position();
        day = last.day();
        awaited.completeReached(settled, stopped);
        renewLeaseIfDue();
    }

    /**
     * Commits a transaction, and returns when readers see it. A crash before the commit loses nothing and doubles nothing,
     * because the rows are sent again and no reader has seen the events that were sent before. The lease is kept meanwhile.
     */
    private void commitTransaction(Collection<InFlightBatch> sent) {
        for (InFlightBatch batch : sent) {
            while (!batch.awaitAcknowledgements(config.lease().dividedBy(3))) {
                renewLease();
            }
        }
        requireWholeLog();
        while (!tryCommit()) {
            renewLease();
        }
        Map<TopicPartition, Long> lastOffsets = new HashMap<>();
        sent.forEach(batch ->
                batch.lastOffsets().forEach((partition, offset) -> lastOffsets.merge(partition, offset, Math::max)));
        tail.awaitVisible(lastOffsets, config.lease().dividedBy(3));
        sent.forEach(InFlightBatch::endSpans);
    }

    /** Commits; returns false after a time-out, after which the client allows to repeat the call. */
    private boolean tryCommit() {
        try {
            producer.commitTransaction();
            return true;
        } catch (org.apache.kafka.common.errors.TimeoutException silent) {
            return false;
        }
    }

    /** Requires that Kafka still has all acknowledged events; otherwise the next session finds out which it lacks. */
    private void requireWholeLog() {
        if (ends.findShortened().isPresent()) {
            // The comparison needs the true cursor.
            renewLease();
            throw new IllegalStateException("Kafka has lost acknowledged events of "
                    + ends.findShortened().get());
        }
    }

    private void renewLeaseIfDue() {
        Duration due = saved == settled ? config.lease().dividedBy(3) : CURSOR_INTERVAL;
        if (System.nanoTime() - renewedAt > due.toNanos()) {
            renewLease();
        }
    }

    private void renewLease() {
        store.advanceCursor(connection, lease, settled, day);
        saved = settled;
        renewedAt = System.nanoTime();
    }

    private void retryBlockedKeys() {
        if (stopped.isEmpty() || System.nanoTime() - retriedAt < config.retry().toNanos()) {
            return;
        }
        for (BlockedKey key : List.copyOf(stopped)) {
            stopped.remove(key);
            BlockedKey left = publishMissed(key);
            if (left != null) {
                stopped.add(left);
            } else {
                store.unblockKey(key);
            }
        }
        awaited.completeReached(settled, stopped);
        retriedAt = System.nanoTime();
    }

    /** Publishes the missed events of a key, a page in one transaction. @return the new block, or null */
    private @Nullable BlockedKey publishMissed(BlockedKey key) {
        BlockedKey at = key;
        while (true) {
            List<OutboxRow> rows = store.readRowsOfKey(at, reader.position());
            List<OutboxRow> fitting =
                    rows.stream().takeWhile(row -> !isTooLarge(row)).toList();
            if (!fitting.isEmpty()) {
                InFlightBatch page = new InFlightBatch(fitting);
                producer.beginTransaction();
                fitting.forEach(row -> sendMessage(row, events.toMessage(row), page));
                commitTransaction(List.of(page));
            }
            if (fitting.size() < rows.size()) {
                OutboxRow tooLarge = rows.get(fitting.size());
                BlockedKey left = new BlockedKey(key.topic(), key.key(), tooLarge.position());
                store.blockKey(left, explainSize(events.toMessage(tooLarge)));
                return left;
            }
            if (rows.size() < RelayReader.BATCH_ROWS) {
                return null;
            }
            at = new BlockedKey(key.topic(), key.key(), rows.getLast().position() + 1);
        }
    }

    /** Drops unsent rows: they stay in the outbox and the next session sends them. */
    @Override
    public void close() {
        reader.close();
        store.returnRelayConnection(connection);
    }
}
