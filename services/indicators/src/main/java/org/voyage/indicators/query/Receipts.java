package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.evidence.Progress;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveReader;
import org.voyage.indicators.live.Positions;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Refusal;

/** Waits until the figures, or the evidence, hold the write that a receipt stands for. */
@ApplicationScoped
public class Receipts {

    public static final String PARAMETER = "receipt";

    private final LiveFigures figures;
    private final LiveReader reader;
    private final Progress evidence;
    private final Topics topics;
    private final long waitMillis;

    Receipts(LiveFigures figures, LiveReader reader, Progress evidence, Topics topics, IndicatorsConfig config) {
        this.figures = figures;
        this.reader = reader;
        this.evidence = evidence;
        this.topics = topics;
        this.waitMillis = config.receiptWait().toMillis();
    }

    /**
     * Waits until the figures hold all of them together, whichever services gave them.
     *
     * @throws Refusal.Malformed at once, when one is no receipt, or one of writes that no figure here counts
     * @throws Refusal.ReceiptPending when the writes are not there within the configured time
     */
    public void await(List<String> texts) {
        await(read(texts), deadline());
    }

    /**
     * As {@link #await}, and until the evidence holds them too, which is written a moment after the figures have moved.
     *
     * @throws Refusal.Unavailable when the evidence cannot be read
     */
    public void awaitEvidence(List<String> texts) {
        Receipt receipt = read(texts);
        if (receipt.isEmpty()) {
            return;
        }
        long deadline = deadline();
        await(receipt, deadline);
        try {
            if (!evidence.await(() -> holds(evidence.positions(), receipt), deadline)) {
                throw new Refusal.ReceiptPending(2);
            }
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(2);
        }
    }

    private long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    }

    private Receipt read(List<String> texts) {
        return texts.stream().map(this::read).reduce(Receipt.EMPTY, Receipt::plus);
    }

    private Receipt read(String text) {
        Receipt receipt = Receipt.parse(text).orElseThrow(Receipts::malformed);
        for (Receipt.ReceiptPart part : receipt.parts()) {
            if (!topics.names().contains(part.topic())) {
                throw Wrong.of(
                        PARAMETER,
                        "receipt-foreign",
                        "No figure here counts the records of this receipt.",
                        "此处没有指标统计该回执所属的记录。");
            }
            if (!reader.canCome(partition(part))) {
                throw malformed();
            }
        }
        return receipt;
    }

    private static Refusal malformed() {
        return Wrong.of(PARAMETER, "receipt-malformed", "This is not a receipt.", "回执格式不正确。");
    }

    private static TopicPartition partition(Receipt.ReceiptPart part) {
        return new TopicPartition(part.topic(), part.partition());
    }

    private void await(Receipt receipt, long deadline) {
        if (receipt.isEmpty()) {
            return;
        }
        try {
            if (!figures.await(
                    positions -> holds(positions, receipt), deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new Refusal.ReceiptPending(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(2);
        }
    }

    private static boolean holds(Positions positions, Receipt receipt) {
        return receipt.parts().stream()
                .allMatch(part -> positions.at(partition(part)).outbox() >= part.position());
    }

    private static boolean holds(Map<TopicPartition, Long> positions, Receipt receipt) {
        return receipt.parts().stream()
                .allMatch(part -> positions.getOrDefault(partition(part), -1L) >= part.position());
    }
}
