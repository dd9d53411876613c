package org.voyage.indicators.feature.verification.recount;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.kit.database.DatabaseException;

/** Source of the newest states in the evidence below the position; it reads row by row and stores nothing. */
public final class EvidenceStateSource implements StateSource {

    private final NewestVersionSource source;
    private final RecountDefinitions definitions;

    public EvidenceStateSource(EvidenceHistory evidence, Checkpoint checkpoint, RecountDefinitions definitions) {
        this((records, visitor) -> evidence.forEachNewest(checkpoint, records, visitor), definitions);
    }

    public EvidenceStateSource(NewestVersionSource source, RecountDefinitions definitions) {
        this.source = source;
        this.definitions = definitions;
    }

    /** Source of the newest version of every fact of some records. */
    public interface NewestVersionSource {
        void readNewest(Collection<String> records, EvidenceSnapshot.EvidenceVisitor visitor);
    }

    @Override
    public void forEachNewest(String record, BiConsumer<String, @Nullable StateFields> to)
            throws ProofUndecidedException {
        StateFieldsVisitor showing = new StateFieldsVisitor(to);
        try {
            source.readNewest(List.of(record), showing);
        } catch (DatabaseException e) {
            throw new ProofUndecidedException("The evidence cannot be read.", e);
        }
        if (showing.broken != null) {
            throw showing.broken;
        }
    }

    private final class StateFieldsVisitor implements EvidenceSnapshot.EvidenceVisitor {
        private final BiConsumer<String, @Nullable StateFields> to;
        private @Nullable ProofUndecidedException broken;

        StateFieldsVisitor(BiConsumer<String, @Nullable StateFields> to) {
            this.to = to;
        }

        @Override
        public void visitFact(String record, String key, int version, String change, byte @Nullable [] after) {
            try {
                to.accept(key, after == null ? null : definitions.readFields(record, after));
            } catch (ProofUndecidedException e) {
                broken = e;
            }
        }

        @Override
        public void visitStale(String topic, String record, String key) {}

        @Override
        public void finish(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position) {}
    }
}
