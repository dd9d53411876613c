package org.voyage.kit.record.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.format.FieldChange;
import org.voyage.kit.bulk.format.SubmittedRow;
import org.voyage.kit.bulk.outcome.ChunkOutcome;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.problem.StrictJson;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordChange;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.VersionJson;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.parent.ChildRecords;
import org.voyage.kit.record.parent.ChildType;
import org.voyage.kit.record.parent.ParkedRowStore;
import org.voyage.kit.record.parent.RowParking;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.RecordRepository;
import org.voyage.kit.record.write.WriteSummary;

/** Import of the rows of a file through the command of a single request. */
final class RecordImport<T> {

    private final RecordCommands<T> commands;
    private final RecordRepository<T> records;
    private final RowParking<T> parking;
    private final @Nullable ChildRecords<T, ?> children;

    @SuppressWarnings("unchecked") // the children of the commands are records of their type
    RecordImport(RecordCommands<T> commands, ParkedRowStore parked) {
        this.commands = commands;
        this.children = commands instanceof ChildType child ? (ChildRecords<T, ?>) child.children() : null;
        this.records = commands.records();
        this.parking = new RowParking<>(records.type(), parked);
    }

    ChunkOutcome handleRows(List<SubmittedRow> rows, BatchContext batch) {
        RowOutcome[] outcomes = new RowOutcome[rows.size()];
        List<RecordSubmission<T>> sent = new ArrayList<>(rows.size());
        List<Integer> places = new ArrayList<>(rows.size());
        Map<RecordKey, RowParking.ParkedSubmission<T>> waiting = findWaiting(rows, batch);
        for (int i = 0; i < outcomes.length; i++) {
            try {
                sent.add(readSubmission(rows.get(i), batch));
                places.add(i);
            } catch (Refusal refusal) {
                outcomes[i] = RowOutcome.refused(refusal);
            }
        }
        Receipt receipt = Receipt.EMPTY;
        if (!sent.isEmpty()) {
            List<RecordSubmission<T>> resolved = resolveParentNames(sent, rows.getFirst());
            List<RecordSubmission<T>> guarded = new ArrayList<>(sent.size());
            for (int i = 0; i < places.size(); i++) {
                guarded.add(withPrecondition(resolved.get(i), rows.get(places.get(i)), batch, waiting));
            }
            WriteSummary<T> written = commands.writeRecords(guarded, WriteMode.ofDryRun(batch.dryRun()));
            receipt = written.receipt();
            for (int i = 0; i < places.size(); i++) {
                outcomes[places.get(i)] = toOutcome(written.results().get(i), batch.dryRun());
            }
        }
        return new ChunkOutcome(List.of(outcomes), receipt);
    }

    /** Returns the parked rows of the records that an earlier row of the file has. */
    private Map<RecordKey, RowParking.ParkedSubmission<T>> findWaiting(List<SubmittedRow> rows, BatchContext batch) {
        return parking.findWaiting(rows.stream()
                .filter(SubmittedRow::repeated)
                .map(row -> new RecordKey(batch.province(), row.sourceId()))
                .toList());
    }

    private RecordSubmission<T> readSubmission(SubmittedRow row, BatchContext batch) {
        RecordKey key = new RecordKey(batch.province(), row.sourceId());
        ChangeCause cause = ChangeCause.batch(batch.batchId(), batch.actor());
        String reason = row.withdrawReason();
        RecordSubmission<T> sent = reason == null
                ? commands.readSubmission(key, row.fields(), cause)
                : RecordSubmission.withdrawal(key, reason, cause);
        return sent.withWarnings(records.judgeFindings(row.warnings()));
    }

    /** Replaces names of parents by keys in a table, which people write; a program sends keys. */
    private List<RecordSubmission<T>> resolveParentNames(List<RecordSubmission<T>> sent, SubmittedRow any) {
        return children == null || any.names() == null ? sent : children.resolveParentNames(sent);
    }

    private RecordSubmission<T> withPrecondition(
            RecordSubmission<T> sent,
            SubmittedRow row,
            BatchContext batch,
            Map<RecordKey, RowParking.ParkedSubmission<T>> waiting) {
        return sent.withPrecondition(there -> {
            if (row.repeated()) {
                requireOnceInFile(sent, there, waiting.get(sent.key()));
            }
            requireNewest(sent, there, batch);
        });
    }

    /**
     * Requires one state per record in a file: the first accepted row; an equal repetition does no harm. Whether that
     * row has changed the record is irrelevant, so the same file always has the same result.
     */
    private static <T> void requireOnceInFile(
            RecordSubmission<T> sent,
            @Nullable RecordVersion<T> there,
            RowParking.@Nullable ParkedSubmission<T> waiting) {
        boolean same = waiting == null
                ? there == null || there.movedTo() != null || matchesSubmission(there, sent)
                : waiting.record().equals(sent.record());
        if (!same) {
            throw new Refusal.Invalid(new Finding(
                    "/sourceId",
                    "twice-in-file",
                    "An earlier row of this file says something else about the same record.",
                    "本文件中前面的行对同一记录有不同的内容。"));
        }
    }

    /**
     * Requires that no later submission exists, because a file that waited, or continued after a crash, must not undo
     * it.
     */
    private static <T> void requireNewest(
            RecordSubmission<T> sent, @Nullable RecordVersion<T> there, BatchContext batch) {
        if (there == null
                || !there.recordedAt().isAfter(batch.sentAt())
                || there.cause().id().equals(batch.batchId().toString())) {
            return;
        }
        if (!matchesSubmission(there, sent)) {
            throw new Refusal.Invalid(new Finding(
                    "",
                    "overtaken",
                    "After this file was sent, something newer was said about the record.",
                    "该文件报送之后，该记录已有更新的内容，本行未采用。"));
        }
    }

    private static <T> boolean matchesSubmission(RecordVersion<T> there, RecordSubmission<T> sent) {
        return sent.record() == null
                ? there.isWithdrawn()
                : !there.isWithdrawn() && there.record().equals(sent.record());
    }

    private RowOutcome toOutcome(WriteResult<T> result, boolean dryRun) {
        return switch (result) {
            case WriteResult.ChangedRecord<T>(RecordChange<T> change, List<Finding> warnings) ->
                toChangedOutcome(change, dryRun).withWarnings(warnings);
            case WriteResult.UnchangedRecord<T>(RecordVersion<T> _, List<Finding> warnings) ->
                RowOutcome.UNCHANGED.withWarnings(warnings);
            case WriteResult.ParkedRecord<T> parked -> RowOutcome.PARKED.withWarnings(parked.warnings());
            case WriteResult.UnparkedRecord<T> _ -> RowOutcome.WITHDRAWN;
            case WriteResult.RefusedWriteResult<T>(Refusal refusal) -> RowOutcome.refused(refusal);
        };
    }

    private RowOutcome toChangedOutcome(RecordChange<T> change, boolean dryRun) {
        return switch (change.kind()) {
            case CREATED -> RowOutcome.CREATED;
            case WITHDRAWN -> RowOutcome.WITHDRAWN;
            case CORRECTED, RESTORED, REPUBLISHED ->
                change.before() == null || !dryRun
                        ? RowOutcome.CORRECTED
                        : RowOutcome.corrected(FieldChange.between(toJson(change.before()), toJson(change.after())));
        };
    }

    private ObjectNode toJson(RecordVersion<T> version) {
        String text = VersionJson.writeDocument(out -> {
            out.writeStartObject();
            records.type().json().writeRecord(version.record(), out);
            out.writeEndObject();
        });
        return StrictJson.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
