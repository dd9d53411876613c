package org.voyage.kit.outbox;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/** A batch that was sent to Kafka and is not yet acknowledged. */
class InFlightBatch {

    private final OutboxRow last;
    private final CountDownLatch open;
    private final Queue<OutboxRow> tooLarge = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Exception failure;

    InFlightBatch(List<OutboxRow> rows) {
        this.last = rows.getLast();
        this.open = new CountDownLatch(rows.size());
    }

    OutboxRow lastRow() {
        return last;
    }

    void countSkipped() {
        open.countDown();
    }

    /**
     * Returns the callback that records the result of one event.
     *
     * @param settled runs when the producer no longer holds the event
     */
    Callback callbackFor(OutboxRow row, Runnable settled) {
        return (metadata, exception) -> {
            settled.run();
            if (exception instanceof RecordTooLargeException) {
                tooLarge.add(row);
            } else if (exception != null) {
                failure = exception;
            }
            open.countDown();
        };
    }

    /** Returns the rows that Kafka refuses; known after {@link #awaitAcknowledgements}. */
    Collection<OutboxRow> rejectedRows() {
        return tooLarge;
    }

    /**
     * Waits for the acknowledgements of all events.
     *
     * @return false when not all are acknowledged within the time
     * @throws IllegalStateException when Kafka refused one; the run ends and the next one sends the batch again
     */
    boolean awaitAcknowledgements(Duration time) {
        try {
            if (!open.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (failure != null) {
            throw new IllegalStateException("Kafka refused an event", failure);
        }
        return true;
    }
}
