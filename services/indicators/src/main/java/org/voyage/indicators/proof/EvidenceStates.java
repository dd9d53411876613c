package org.voyage.indicators.proof;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceSnapshot;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.kit.database.DatabaseException;

/** The newest states that the evidence holds below the position; row by row, nothing is kept. */
final class EvidenceStates implements States {

    private final Source source;
    private final Definitions definitions;

    EvidenceStates(PastEvidence evidence, Horizon horizon, Definitions definitions) {
        this((records, visitor) -> evidence.read(horizon, records, visitor), definitions);
    }

    EvidenceStates(Source source, Definitions definitions) {
        this.source = source;
        this.definitions = definitions;
    }

    /** Where the newest version of every fact of some records is read. */
    interface Source {
        void read(Collection<String> records, EvidenceSnapshot.Visitor visitor);
    }

    @Override
    public void newest(String record, BiConsumer<String, @Nullable Fields> to) throws Undecided {
        Showing showing = new Showing(to);
        try {
            source.read(List.of(record), showing);
        } catch (DatabaseException e) {
            throw new Undecided("The evidence cannot be read.", e);
        }
        if (showing.broken != null) {
            throw showing.broken;
        }
    }

    private final class Showing implements EvidenceSnapshot.Visitor {
        private final BiConsumer<String, @Nullable Fields> to;
        private @Nullable Undecided broken;

        Showing(BiConsumer<String, @Nullable Fields> to) {
            this.to = to;
        }

        @Override
        public void fact(String record, String key, int version, String change, byte @Nullable [] after) {
            try {
                to.accept(key, after == null ? null : definitions.read(record, after));
            } catch (Undecided e) {
                broken = e;
            }
        }

        @Override
        public void stale(String topic, String record, String key) {}

        @Override
        public void end(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position) {}
    }
}
