package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.indicators.live.LogPosition;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.http.CostLimits;
import org.voyage.kit.log.ConsumerOffsets;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;

/** Awaiter of receipts: it waits until the figures, or the evidence, hold the write of a receipt. */
@ApplicationScoped
public class ReceiptAwaiter {

    /** How long a request with a receipt waits for its write. */
    private static final long WAIT_MILLIS = 10_000;

    public static final String RECEIPT_PARAMETER = "receipt";

    private final LiveFigures figures;
    private final LiveFiguresUpdater updater;
    private final ConsumerOffsets consumerOffsets;
    private final LogTopics topics;
    private final CostLimits costs;

    ReceiptAwaiter(
            LiveFigures figures,
            LiveFiguresUpdater updater,
            ConsumerOffsets evidence,
            LogTopics topics,
            CostLimits costs) {
        this.figures = figures;
        this.updater = updater;
        this.consumerOffsets = evidence;
        this.topics = topics;
        this.costs = costs;
    }

    /**
     * Waits until the figures hold the writes of all receipts, of any service.
     *
     * @throws Refusal.Malformed immediately, when a text is no receipt, or no figure counts the records of its write
     * @throws Refusal.ReceiptPending when the writes do not arrive in time
     */
    public void awaitFigures(List<String> texts) {
        awaitFigures(parse(texts), computeDeadline());
    }

    /**
     * Waits as {@link #awaitFigures}, and then until the evidence holds the writes; it is slightly behind the figures.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read
     */
    public void awaitEvidence(List<String> texts) {
        Receipt receipt = parse(texts);
        if (receipt.isEmpty()) {
            return;
        }
        long deadline = computeDeadline();
        awaitFigures(receipt, deadline);
        try (var _ = costs.pauseWork()) {
            if (!consumerOffsets.awaitCondition(
                    () -> includesReceipt(consumerOffsets.outboxPositions(), receipt), deadline)) {
                throw new Refusal.ReceiptPending(2);
            }
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(2);
        }
    }

    private long computeDeadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WAIT_MILLIS);
    }

    private Receipt parse(List<String> texts) {
        return texts.stream().map(this::parse).reduce(Receipt.EMPTY, Receipt::plus);
    }

    private Receipt parse(String text) {
        Receipt receipt = Receipt.parse(text).orElseThrow(ReceiptAwaiter::malformed);
        for (Receipt.ReceiptPart part : receipt.parts()) {
            if (!topics.names().contains(part.topic())) {
                throw QueryRefusals.malformed(
                        RECEIPT_PARAMETER,
                        "receipt-foreign",
                        "No figure here counts the records of this receipt.",
                        "此处没有指标统计该回执所属的记录。");
            }
            if (!updater.isExpected(toPartition(part))) {
                throw malformed();
            }
        }
        return receipt;
    }

    private static Refusal malformed() {
        return QueryRefusals.malformed(RECEIPT_PARAMETER, "receipt-malformed", "This is not a receipt.", "回执格式不正确。");
    }

    private static TopicPartition toPartition(Receipt.ReceiptPart part) {
        return new TopicPartition(part.topic(), part.partition());
    }

    private void awaitFigures(Receipt receipt, long deadline) {
        if (receipt.isEmpty()) {
            return;
        }
        try (var _ = costs.pauseWork()) {
            if (!figures.awaitPosition(
                    positions -> includesReceipt(positions, receipt),
                    deadline - System.nanoTime(),
                    TimeUnit.NANOSECONDS)) {
                throw new Refusal.ReceiptPending(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(2);
        }
    }

    private static boolean includesReceipt(LogPosition positions, Receipt receipt) {
        return receipt.parts().stream()
                .allMatch(part -> positions.positionOf(toPartition(part)).outbox() >= part.position());
    }

    private static boolean includesReceipt(Map<TopicPartition, Long> positions, Receipt receipt) {
        return receipt.parts().stream()
                .allMatch(part -> positions.getOrDefault(toPartition(part), -1L) >= part.position());
    }
}
