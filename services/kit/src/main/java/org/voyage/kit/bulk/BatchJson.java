package org.voyage.kit.bulk;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Codes;

/**
 * A batch on the wire.
 *
 * @param record what the rows are
 * @param failure slug of the problem that ended it early
 * @param receipt of all its chunks; null if it wrote nothing
 * @param refusals what was refused, by rule, the most frequent first; only in the answer about one batch
 */
public record BatchJson(
        UUID id,
        String province,
        String record,
        String format,
        String mode,
        boolean dryRun,
        String actor,
        String state,
        @Nullable String failure,
        Counts counts,
        @Nullable String receipt,
        String requestId,
        Instant startedAt,
        @Nullable Instant finishedAt,
        List<RefusalGroup> refusals) {

    /** Rows read so far and what became of them. In mode all they hold only once the state is done. */
    public record Counts(
            long rows, long created, long corrected, long unchanged, long withdrawn, long parked, long refused) {}

    /**
     * Rows that break the same rule at the same place.
     *
     * @param findings how many; counted among the first 10,000 refused rows
     * @param firstRow number of the first of them, with what was said about it
     */
    public record RefusalGroup(
            String rule, String pointer, long findings, long firstRow, String detail, String detailZh) {}

    static BatchJson of(Batch batch, List<RefusalGroup> refusals) {
        return new BatchJson(
                batch.id,
                batch.province,
                batch.record,
                Codes.kebab(batch.format),
                Codes.kebab(batch.mode),
                batch.dryRun,
                batch.actor,
                Codes.kebab(batch.state),
                batch.failure,
                new Counts(
                        batch.rows,
                        batch.created,
                        batch.corrected,
                        batch.unchanged,
                        batch.withdrawn,
                        batch.parked,
                        batch.refused),
                batch.receipt.isEmpty() ? null : batch.receipt,
                batch.requestId,
                batch.startedAt,
                batch.finishedAt,
                refusals);
    }
}
