package org.voyage.kit.bulk;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.CodeSet;
import org.voyage.kit.sheet.FileColumn;

/**
 * A batch as a response.
 *
 * @param record record type of the rows
 * @param failure slug of the problem that ended the batch early
 * @param bytes size of the unpacked file; null until it is received completely
 * @param bytesRead number of processed bytes; for a spreadsheet an estimate
 * @param refusedRowsKept number of refused rows that can be downloaded, the first ones of the file
 * @param receipt of all chunks; null if the batch wrote nothing
 * @param fileName name that the sender gave the file in {@code Content-Disposition}; null without one, and if it may name
 *     a person
 * @param columns how each column of a table was read; only in the response about one batch
 * @param errors causes of refused rows, the most frequent first, at most 100; only in the response about one batch
 * @param warnings causes of warnings about stored rows, in the same form
 */
@Schema(name = "Batch")
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
        long refusedRowsKept,
        @Nullable String receipt,
        String requestId,
        Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String fileName,
        List<FileColumn> columns,
        List<BatchCause> errors,
        List<BatchCause> warnings) {

    /** Number of rows read so far, by outcome. In mode all they are final only once the state is done. */
    @Schema(name = "BatchCounts")
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
     * Rows that break the same rule at the same place with the same value; the last component is the correction hint.
     *
     * @param value the value, if the rule shows it; null also for further values of a rule that has very many, {@code
     *     ***} if it is hidden
     * @param rows number of rows, 0 if the file was refused as a whole; a row may have several causes
     * @param firstRow number of the first row; 0 for a cause about the file as a whole
     * @param firstLine line of the file, or row of the sheet, where the first row begins; null for a cause about the
     *     file as a whole
     * @param sourceId key of the first row, if it can be read
     * @param detail text of the first finding, as an example
     */
    @Schema(name = "BatchCause")
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
            String repair,
            String repairZh) {}

    /** Returns a batch of a list, without its columns and causes. */
    static BatchResponse ofListed(Batch batch) {
        return of(batch, List.of(), List.of(), List.of());
    }

    static BatchResponse of(Batch batch, List<FileColumn> columns, List<BatchCause> errors, List<BatchCause> warnings) {
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
                batch.keptRows,
                batch.receipt.isEmpty() ? null : batch.receipt,
                batch.requestId,
                batch.startedAt,
                batch.finishedAt,
                batch.fileName,
                columns,
                errors,
                warnings);
    }
}
