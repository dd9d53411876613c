package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.intake.Topics;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveReader;
import org.voyage.indicators.live.Positions;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Refusal;

/** Waits until the figures hold the write that a receipt stands for. */
@ApplicationScoped
public class Receipts {

    private final LiveFigures figures;
    private final LiveReader reader;
    private final Topics topics;
    private final long waitMillis;

    Receipts(LiveFigures figures, LiveReader reader, Topics topics, IndicatorsConfig config) {
        this.figures = figures;
        this.reader = reader;
        this.topics = topics;
        this.waitMillis = config.receiptWait().toMillis();
    }

    /**
     * Waits for all of them together, whichever services gave them.
     *
     * @throws Refusal.Malformed at once, when one is no receipt, or one of writes that no figure here counts
     * @throws Refusal.ReceiptPending when the writes are not there within the configured time
     */
    public void await(List<String> texts) {
        Receipt all = texts.stream().map(this::read).reduce(Receipt.NOTHING, Receipt::and);
        if (!all.isNothing()) {
            await(all);
        }
    }

    private Receipt read(String text) {
        Receipt receipt = Receipt.parse(text).orElseThrow(Receipts::malformed);
        for (Receipt.Part part : receipt.parts()) {
            if (!topics.names().contains(part.topic())) {
                throw Wrong.of(
                        "receipt",
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
        return Wrong.of("receipt", "receipt-malformed", "This is not a receipt.", "回执格式不正确。");
    }

    private static TopicPartition partition(Receipt.Part part) {
        return new TopicPartition(part.topic(), part.partition());
    }

    private void await(Receipt receipt) {
        try {
            if (!figures.await(positions -> holds(positions, receipt), waitMillis, TimeUnit.MILLISECONDS)) {
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
}
