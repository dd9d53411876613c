package org.voyage.kit.bulk;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;

/**
 * A batch on the wire.
 *
 * @param record what the rows are
 * @param failure slug of the problem that ended it early
 * @param bytes of the file, unpacked; null until it is here whole
 * @param bytesRead how much of it has been worked on; of a spreadsheet about so much
 * @param receipt of all its chunks; null if it wrote nothing
 * @param refusals what rows were refused for, the most frequent first, at most 100; only in the answer about one batch
 * @param warnings the same for what is odd about rows that are stored
 */
@Schema(name = "BatchJson")
public record BatchResponse(
        UUID id,
        String province,
        String record,
        String format,
        String mode,
        boolean dryRun,
        String actor,
        String state,
        @Nullable String failure,
        @Nullable Long bytes,
        long bytesRead,
        BatchCounts counts,
        @Nullable String receipt,
        String requestId,
        Instant startedAt,
        @Nullable Instant finishedAt,
        List<BatchCause> refusals,
        List<BatchCause> warnings) {

    /** Rows read so far and what became of them. In mode all they hold only once the state is done. */
    @Schema(name = "Counts")
    public record BatchCounts(
            long rows,
            long created,
            long corrected,
            long unchanged,
            long withdrawn,
            long parked,
            long refused,
            long warned) {}

    /**
     * Rows that break the same rule at the same place with the same value.
     *
     * @param value the value, if the rule shows it; null also for further values of a rule that has very many, {@code ***}
     *     if it is hidden
     * @param rows how many, 0 if the file was refused as a whole; a row may have several causes
     * @param firstRow number of the first of them; 0 if it is about the file as a whole
     * @param firstLine line of the file, or row of the sheet, where that one begins; null if it is about the file as a whole
     * @param sourceId its key, if it can be read
     * @param detail what was said about it: the example
     * @param mend how to put it right
     */
    @Schema(name = "Cause")
    public record BatchCause(
            String rule,
            String pointer,
            @Nullable String value,
            long rows,
            long firstRow,
            @Nullable Long firstLine,
            @Nullable String sourceId,
            String detail,
            String detailZh,
            String mend,
            String mendZh) {}

    static BatchResponse of(Batch batch, List<BatchCause> refusals, List<BatchCause> warnings) {
        return new BatchResponse(
                batch.id,
                batch.province,
                batch.record,
                CodeSet.toKebab(batch.format),
                CodeSet.toKebab(batch.mode),
                batch.dryRun,
                batch.actor,
                CodeSet.toKebab(batch.state),
                batch.failure,
                batch.fileBytes,
                batch.bytesRead,
                new BatchCounts(
                        batch.rows,
                        batch.created,
                        batch.corrected,
                        batch.unchanged,
                        batch.withdrawn,
                        batch.parked,
                        batch.refused,
                        batch.warned),
                batch.receipt.isEmpty() ? null : batch.receipt,
                batch.requestId,
                batch.startedAt,
                batch.finishedAt,
                refusals,
                warnings);
    }
}
