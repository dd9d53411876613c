package org.voyage.kit.outbox;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Reader of the outbox from a position on; under load it reads the next batch while the last one is being sent. */
class RelayReader implements AutoCloseable {

    /** Rows that are read, sent and acknowledged together. */
    static final int BATCH_ROWS = 5_000;

    /**
     * Below this number of rows the fixed cost of a batch hardly matters: the next one gathers a fraction of the usual
     * time.
     */
    private static final int LIGHT_LOAD_ROWS = 20;

    private static final int GATHER_DIVISOR_UNDER_LIGHT_LOAD = 4;

    /** From this number of rows on the next batch gathers a multiple of the usual time. */
    private static final int HEAVY_LOAD_ROWS = 50;

    private static final int GATHER_FACTOR_UNDER_LOAD = 3;

    private final OutboxConfig config;
    private final OutboxStore store;
    private final Connection connection;
    private final PublicationWaiters awaited;
    private final ExecutorService ahead = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("outbox-reader").factory());
    private @Nullable Future<List<OutboxRow>> reading;
    private long position;
    private LocalDate day;
    private long readAt = System.nanoTime();
    private int gathered;

    /** @param awaited while a client waits the reader does not gather */
    RelayReader(OutboxConfig config, OutboxStore store, RelayLease lease, PublicationWaiters awaited) {
        this.config = config;
        this.store = store;
        this.awaited = awaited;
        this.connection = store.openRelayConnection();
        this.position = lease.position();
        this.day = lease.day();
    }

    /** Returns the position of the last row that was returned. */
    long position() {
        return position;
    }

    /** Returns the next rows, or none if there is nothing settled yet. */
    List<OutboxRow> nextRows() {
        List<OutboxRow> rows = reading == null ? gatherRows() : awaitRows(reading);
        reading = null;
        gathered = rows.size();
        if (!rows.isEmpty()) {
            position = rows.getLast().position();
            day = rows.getLast().day();
            if (rows.size() == BATCH_ROWS) {
                long after = position;
                LocalDate from = day;
                reading = ahead.submit(() -> store.readSettledRows(connection, after, from));
            }
        }
        return rows;
    }

    private List<OutboxRow> gatherRows() {
        // Reading, sending and moving the cursor cost the same for one row as for fifty.
        long until = readAt + gatherNanos();
        for (long left = until - System.nanoTime();
                left > 0 && !awaited.hasWaiters();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        readAt = System.nanoTime();
        return store.readSettledRows(connection, position, day);
    }

    private long gatherNanos() {
        long usual = config.gather().toNanos();
        if (gathered < LIGHT_LOAD_ROWS) {
            return usual / GATHER_DIVISOR_UNDER_LIGHT_LOAD;
        }
        return gathered < HEAVY_LOAD_ROWS
                ? usual
                : Math.max(
                        usual,
                        Math.min(
                                usual * GATHER_FACTOR_UNDER_LOAD, config.lease().toNanos() / 3));
    }

    private static List<OutboxRow> awaitRows(Future<List<OutboxRow>> reading) {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        ahead.close();
        store.returnRelayConnection(connection);
    }
}
