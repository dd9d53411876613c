package org.voyage.kit.outbox;

import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A batch that was sent to Kafka in a transaction that is not committed yet. */
class InFlightBatch {

    private final OutboxRow last;
    private final CountDownLatch open;
    private final Map<TopicPartition, Long> lastOffsets = new ConcurrentHashMap<>();
    /** Of the traced events. */
    private final List<Span> spans = new ArrayList<>(0);

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

    void addSpan(Span span) {
        spans.add(span);
    }

    /** Ends the spans when readers see the events. */
    void endSpans() {
        spans.forEach(Span::end);
    }

    /**
     * Returns the callback that records the result of one event.
     *
     * @param ends learn the offset of the event
     * @param settled runs when the producer no longer holds the event
     */
    Callback callbackFor(AcknowledgedEnds ends, Runnable settled) {
        return (metadata, exception) -> {
            settled.run();
            if (exception == null) {
                ends.noteEvent(metadata);
                lastOffsets.merge(
                        new TopicPartition(metadata.topic(), metadata.partition()), metadata.offset(), Math::max);
            } else {
                failure = exception;
            }
            open.countDown();
        };
    }

    /** Returns the offset of the last event in each partition; known after {@link #awaitAcknowledgements}. */
    Map<TopicPartition, Long> lastOffsets() {
        return lastOffsets;
    }

    /**
     * Waits for the acknowledgements of all events.
     *
     * @return false when not all are acknowledged within the time
     * @throws IllegalStateException when Kafka refused one; the session ends and the next one sends the batch again
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
