package org.voyage.kit.outbox;

import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The relay's work under one lease: reads ahead, keeps a few batches on their way and moves the cursor only over
 * batches that Kafka has acknowledged whole.
 */
class RelayRun implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RelayRun.class);
    /** The cursor is saved once for what was published within so long. */
    private static final Duration CURSOR = Duration.ofMillis(50);

    private final OutboxConfig config;
    private final OutboxStore store;
    private final Producer<String, byte[]> producer;
    private final OutboxEvents events;
    private final long epoch;
    private final ArrayDeque<RelayFlight> flights = new ArrayDeque<>();
    private final Set<StoppedKey> stopped;
    private final RelayReader reader;
    private final Connection connection;
    private final Awaited awaited;
    private long settled;
    private long saved;
    private LocalDate day;
    private long renewedAt = System.nanoTime();
    private long retriedAt = System.nanoTime();

    /** @param awaited is told whatever is on Kafka */
    RelayRun(OutboxConfig config, OutboxStore store, OutboxProducer producers, RelayLease lease, Awaited awaited) {
        this.config = config;
        this.store = store;
        this.events = new OutboxEvents(config.service());
        this.epoch = lease.epoch();
        this.reader = new RelayReader(config, store, lease, awaited);
        this.connection = store.relayConnection();
        this.producer = producers.open();
        this.settled = lease.position();
        this.saved = settled;
        this.day = lease.day();
        this.stopped = new HashSet<>(store.stopped());
        this.awaited = awaited;
        awaited.reached(settled, stopped);
    }

    /** Sends or settles a batch. @return whether there was anything to do */
    boolean step() {
        retryStopped();
        List<OutboxRow> rows = flights.size() < config.inFlight() ? reader.next() : List.of();
        if (!rows.isEmpty()) {
            send(rows);
        }
        boolean full = flights.size() >= config.inFlight();
        if (!flights.isEmpty() && (full || rows.size() < config.batch())) {
            settle(flights.removeFirst());
            return true;
        }
        if (rows.isEmpty()) {
            renewIfDue();
        }
        return !rows.isEmpty();
    }

    /** Settles what is on its way, before an orderly end. */
    void finish() {
        while (!flights.isEmpty()) {
            settle(flights.removeFirst());
        }
        renew();
    }

    /** How long it may rest when there is nothing to do. */
    Duration rest() {
        return saved == settled || CURSOR.compareTo(config.poll()) > 0 ? config.poll() : CURSOR;
    }

    private void send(List<OutboxRow> rows) {
        renewIfDue();
        RelayFlight flight = new RelayFlight(rows);
        for (OutboxRow row : rows) {
            if (!stopped.isEmpty() && stopped.stream().anyMatch(key -> key.holds(row))) {
                flight.skipped();
            } else {
                Future<RecordMetadata> sending = producer.send(events.message(row), flight.of(row));
                if (sending.isDone()) {
                    stopKeyIfTooLarge(row, sending);
                }
            }
        }
        flights.add(flight);
    }

    /** A record that the client itself finds too large fails at once, before any later one of its key is sent. */
    private void stopKeyIfTooLarge(OutboxRow row, Future<RecordMetadata> sending) {
        switch (sending.state()) {
            case FAILED -> {
                if (!(sending.exceptionNow() instanceof RecordTooLargeException tooLarge)) {
                    throw new IllegalStateException("Kafka does not take events", sending.exceptionNow());
                }
                stop(row, String.valueOf(tooLarge.getMessage()));
            }
            case SUCCESS, RUNNING, CANCELLED -> {}
        }
    }

    /** The key stands still at this event, unless it does so at an earlier one already. */
    private void stop(OutboxRow row, String reason) {
        if (stopped.stream().noneMatch(key -> key.holds(row))) {
            stopped.removeIf(key -> key.isOf(row));
            StoppedKey key = new StoppedKey(row.topic(), row.key(), row.position());
            store.stop(key, reason);
            stopped.add(key);
            LOG.errorf(
                    "Relay: %s of %s stands still at position %d: %s", row.key(), row.topic(), row.position(), reason);
        }
    }

    private void settle(RelayFlight flight) {
        while (!flight.await(config.lease().dividedBy(3))) {
            renew();
        }
        // Only when the topic's limit was lowered since it was looked at: later ones of the key may be there already.
        flight.tooLarge().forEach(row -> stop(row, "larger than the broker takes"));
        settled = flight.last().position();
        day = flight.last().day();
        awaited.reached(settled, stopped);
        renewIfDue();
    }

    private void renewIfDue() {
        Duration due = saved == settled ? config.lease().dividedBy(3) : CURSOR;
        if (System.nanoTime() - renewedAt > due.toNanos()) {
            renew();
        }
    }

    private void renew() {
        store.advance(connection, epoch, settled, day);
        saved = settled;
        renewedAt = System.nanoTime();
    }

    private void retryStopped() {
        if (stopped.isEmpty() || System.nanoTime() - retriedAt < config.retry().toNanos()) {
            return;
        }
        for (StoppedKey key : List.copyOf(stopped)) {
            stopped.remove(key);
            StoppedKey left = publish(key);
            if (left != null) {
                stopped.add(left);
            } else {
                store.resume(key);
            }
        }
        awaited.reached(settled, stopped);
        retriedAt = System.nanoTime();
    }

    /** Publishes what a key missed, one event after the other. @return where it stops again, or null */
    private @Nullable StoppedKey publish(StoppedKey key) {
        List<OutboxRow> rows;
        StoppedKey at = key;
        do {
            rows = store.readKey(at, reader.position());
            for (OutboxRow row : rows) {
                try {
                    producer.send(events.message(row)).get();
                    at = new StoppedKey(key.topic(), key.key(), row.position() + 1);
                } catch (ExecutionException e) {
                    StoppedKey left = new StoppedKey(key.topic(), key.key(), row.position());
                    store.stop(
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

    /** Drops what is still unsent: it stays in the outbox and the next run sends it. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
        reader.close();
        store.close(connection);
    }
}
