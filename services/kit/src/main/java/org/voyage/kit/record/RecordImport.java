package org.voyage.kit.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.ChunkOutcome;
import org.voyage.kit.bulk.FieldChange;
import org.voyage.kit.bulk.Row;
import org.voyage.kit.bulk.RowOutcome;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.Json;
import org.voyage.kit.web.Refusal;

/** Takes the rows of a file through the same command as a single request. */
final class RecordImport<T> {

    private final Commands<T> commands;
    private final Records<T> records;
    private final Parking<T> parking;

    RecordImport(Commands<T> commands, ParkedRows parked) {
        this.commands = commands;
        this.records = commands.records();
        this.parking = new Parking<>(records.type(), parked);
    }

    ChunkOutcome handle(List<Row> rows, BatchContext batch) {
        RowOutcome[] outcomes = new RowOutcome[rows.size()];
        List<Sent<T>> sent = new ArrayList<>(rows.size());
        List<Integer> places = new ArrayList<>(rows.size());
        Map<RecordKey, Parking.Waiting<T>> waiting = waiting(rows, batch);
        for (int i = 0; i < outcomes.length; i++) {
            try {
                sent.add(read(rows.get(i), batch, waiting));
                places.add(i);
            } catch (Refusal refusal) {
                outcomes[i] = RowOutcome.refused(refusal);
            }
        }
        Receipt receipt = Receipt.NOTHING;
        if (!sent.isEmpty()) {
            Written<T> written = commands.write(sent, Writing.dry(batch.dryRun()));
            receipt = written.receipt();
            for (int i = 0; i < places.size(); i++) {
                outcomes[places.get(i)] = outcome(written.results().get(i), batch.dryRun());
            }
        }
        return new ChunkOutcome(List.of(outcomes), receipt);
    }

    /** What waits of the records that an earlier row of the file has. */
    private Map<RecordKey, Parking.Waiting<T>> waiting(List<Row> rows, BatchContext batch) {
        return parking.waiting(rows.stream()
                .filter(Row::saidBefore)
                .map(row -> new RecordKey(batch.province(), row.sourceId()))
                .toList());
    }

    private Sent<T> read(Row row, BatchContext batch, Map<RecordKey, Parking.Waiting<T>> waiting) {
        RecordKey key = new RecordKey(batch.province(), row.sourceId());
        Cause cause = Cause.batch(batch.batchId(), batch.actor());
        String reason = row.withdrawReason();
        Sent<T> sent = reason == null ? commands.read(key, row.fields(), cause) : Sent.withdrawal(key, reason, cause);
        return sent.warned(records.judge(row.odd())).provided(there -> {
            if (row.saidBefore()) {
                requireOnceInFile(sent, there, waiting.get(key));
            }
            requireNewest(sent, there, batch);
        });
    }

    /**
     * One file says one thing about a record, the first that is taken; the same thing twice does no harm. It does not matter
     * whether that row has changed anything now: the same file comes out the same however often it is sent.
     */
    private static <T> void requireOnceInFile(
            Sent<T> sent, @Nullable Version<T> there, Parking.@Nullable Waiting<T> waiting) {
        boolean same = waiting == null
                ? there == null || there.movedTo() != null || says(there, sent)
                : waiting.record().equals(sent.record());
        if (!same) {
            throw new Refusal.Invalid(new Finding(
                    "/sourceId",
                    "twice-in-file",
                    "An earlier row of this file says something else about the same record.",
                    "本文件中前面的行对同一记录有不同的内容。"));
        }
    }

    /** A file that waited, or went on after a crash, must not undo what was said after it was sent. */
    private static <T> void requireNewest(Sent<T> sent, @Nullable Version<T> there, BatchContext batch) {
        if (there == null
                || !there.recordedAt().isAfter(batch.sentAt())
                || there.cause().id().equals(batch.batchId().toString())) {
            return;
        }
        if (!says(there, sent)) {
            throw new Refusal.Invalid(new Finding(
                    "",
                    "overtaken",
                    "After this file was sent, something newer was said about the record.",
                    "该文件报送之后，该记录已有更新的内容，本行未采用。"));
        }
    }

    private static <T> boolean says(Version<T> there, Sent<T> sent) {
        return sent.record() == null
                ? there.withdrawn()
                : !there.withdrawn() && there.record().equals(sent.record());
    }

    private RowOutcome outcome(Result<T> result, boolean dryRun) {
        return switch (result) {
            case Result.Changed<T>(Change<T> change, List<Finding> warnings) ->
                changed(change, dryRun).warning(warnings);
            case Result.Unchanged<T>(Version<T> _, List<Finding> warnings) -> RowOutcome.UNCHANGED.warning(warnings);
            case Result.Parked<T> parked -> RowOutcome.PARKED.warning(parked.warnings());
            case Result.Unparked<T> _ -> RowOutcome.WITHDRAWN;
            case Result.Refused<T>(Refusal refusal) -> RowOutcome.refused(refusal);
        };
    }

    private RowOutcome changed(Change<T> change, boolean dryRun) {
        return switch (change.kind()) {
            case CREATED -> RowOutcome.CREATED;
            case WITHDRAWN -> RowOutcome.WITHDRAWN;
            case CORRECTED, RESTORED, REPUBLISHED ->
                change.before() == null || !dryRun
                        ? RowOutcome.CORRECTED
                        : RowOutcome.corrected(
                                FieldChange.between(document(change.before()), document(change.after())));
        };
    }

    private ObjectNode document(Version<T> version) {
        String text = VersionJson.document(out -> {
            out.writeStartObject();
            records.type().json().write(version.record(), out);
            out.writeEndObject();
        });
        return Json.object(text.getBytes(StandardCharsets.UTF_8));
    }
}
