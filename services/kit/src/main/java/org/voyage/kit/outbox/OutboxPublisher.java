package org.voyage.kit.outbox;

import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Session of the relay under one lease: reads ahead, keeps a few batches in flight and moves the cursor only over
 * batches that Kafka has acknowledged completely.
 */
class OutboxPublisher implements AutoCloseable {

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
    private final CloudEventMapper events;
    private final Set<String> knownTopics = new HashSet<>();
    private final long epoch;
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
            RelayReader reader,
            Connection connection,
            RelayLease lease,
            LogEpoch logEpoch,
            PublicationWaiters awaited) {
        this.config = config;
        this.store = store;
        this.events = new CloudEventMapper(config.service(), logEpoch.number());
        this.epoch = lease.epoch();
        this.reader = reader;
        this.connection = connection;
        this.producer = producer;
        this.settled = lease.position();
        this.saved = settled;
        this.day = lease.day();
        this.stopped = new HashSet<>(store.listBlockedKeys());
        this.awaited = awaited;
        awaited.completeReached(settled, stopped);
    }

    /**
     * Opens a session. When a part of it fails, the session returns every connection and closes its producer.
     *
     * @param logEpoch epoch of the events
     * @param awaited requests that wait for a publication
     */
    static OutboxPublisher open(
            OutboxConfig config,
            OutboxStore store,
            OutboxProducerFactory producers,
            RelayLease lease,
            LogEpoch logEpoch,
            PublicationWaiters awaited) {
        Deque<Runnable> opened = new ArrayDeque<>();
        try {
            Producer<String, byte[]> producer = producers.openProducer();
            opened.push(() -> producer.close(Duration.ZERO));
            RelayReader reader = new RelayReader(config, store, lease, awaited);
            opened.push(reader::close);
            Connection connection = store.openRelayConnection();
            opened.push(() -> store.returnRelayConnection(connection));
            return new OutboxPublisher(config, store, producer, reader, connection, lease, logEpoch, awaited);
        } catch (Throwable failure) {
            opened.forEach(Runnable::run);
            throw failure;
        }
    }

    /** Sends or settles a batch. @return whether there was work */
    boolean runStep() {
        retryBlockedKeys();
        List<OutboxRow> rows = flights.size() < config.inFlight() ? reader.nextRows() : List.of();
        if (!rows.isEmpty()) {
            sendRows(rows);
        }
        boolean full = flights.size() >= config.inFlight();
        if (!flights.isEmpty() && (full || rows.size() < config.batch())) {
            settleBatch(flights.removeFirst());
            return true;
        }
        if (rows.isEmpty()) {
            renewLeaseIfDue();
        }
        return !rows.isEmpty();
    }

    /** Settles the batches in flight, before an orderly end. */
    void settleAll() {
        while (!flights.isEmpty()) {
            settleBatch(flights.removeFirst());
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
        InFlightBatch flight = new InFlightBatch(rows);
        for (OutboxRow row : rows) {
            if (!stopped.isEmpty() && stopped.stream().anyMatch(key -> key.blocks(row))) {
                flight.countSkipped();
            } else {
                int kilobytes = reserveBuffer(row);
                Future<RecordMetadata> sending =
                        producer.send(events.toMessage(row), flight.callbackFor(row, () -> buffer.release(kilobytes)));
                if (sending.isDone()) {
                    blockKeyIfTooLarge(row, sending);
                }
            }
        }
        flights.add(flight);
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

    /**
     * Blocks the key of a record that the client itself finds too large. Such a record fails at once, before any later
     * one of its key is sent.
     */
    private void blockKeyIfTooLarge(OutboxRow row, Future<RecordMetadata> sending) {
        switch (sending.state()) {
            case FAILED -> {
                if (!(sending.exceptionNow() instanceof RecordTooLargeException tooLarge)) {
                    throw new IllegalStateException("Kafka does not take events", sending.exceptionNow());
                }
                blockKey(row, String.valueOf(tooLarge.getMessage()));
            }
            case SUCCESS, RUNNING, CANCELLED -> {}
        }
    }

    /** Blocks the key at this event, unless it is already blocked at an earlier one. */
    private void blockKey(OutboxRow row, String reason) {
        if (stopped.stream().noneMatch(key -> key.blocks(row))) {
            stopped.removeIf(key -> key.isKeyOf(row));
            BlockedKey key = new BlockedKey(row.topic(), row.key(), row.position());
            store.blockKey(key, reason);
            stopped.add(key);
            LOG.errorf(
                    "Relay: %s of %s stands still at position %d: %s", row.key(), row.topic(), row.position(), reason);
        }
    }

    private void settleBatch(InFlightBatch flight) {
        while (!flight.awaitAcknowledgements(config.lease().dividedBy(3))) {
            renewLease();
        }
        // Happens only when the topic's limit was lowered after the check: later events of the key may be published
        // already.
        flight.rejectedRows().forEach(row -> blockKey(row, "larger than the broker takes"));
        settled = flight.lastRow().position();
        day = flight.lastRow().day();
        awaited.completeReached(settled, stopped);
        renewLeaseIfDue();
    }

    private void renewLeaseIfDue() {
        Duration due = saved == settled ? config.lease().dividedBy(3) : CURSOR_INTERVAL;
        if (System.nanoTime() - renewedAt > due.toNanos()) {
            renewLease();
        }
    }

    private void renewLease() {
        store.advanceCursor(connection, epoch, settled, day);
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

    /** Publishes the missed events of a key, one after the other. @return the new block, or null */
    private @Nullable BlockedKey publishMissed(BlockedKey key) {
        List<OutboxRow> rows;
        BlockedKey at = key;
        do {
            rows = store.readRowsOfKey(at, reader.position());
            for (OutboxRow row : rows) {
                try {
                    awaitAcknowledgement(producer.send(events.toMessage(row)));
                    at = new BlockedKey(key.topic(), key.key(), row.position() + 1);
                } catch (ExecutionException e) {
                    BlockedKey left = new BlockedKey(key.topic(), key.key(), row.position());
                    store.blockKey(
                            left,
                            String.valueOf(
                                    e.getCause() == null ? e : e.getCause().getMessage()));
                    return left;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return at;
                }
            }
        } while (rows.size() == config.batch());
        return null;
    }

    private void awaitAcknowledgement(Future<RecordMetadata> sending) throws ExecutionException, InterruptedException {
        while (true) {
            try {
                sending.get(config.lease().dividedBy(3).toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException stillWaiting) {
                renewLease();
            }
        }
    }

    /** Drops unsent rows: they stay in the outbox and the next run sends them. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
        reader.close();
        store.returnRelayConnection(connection);
    }
}
