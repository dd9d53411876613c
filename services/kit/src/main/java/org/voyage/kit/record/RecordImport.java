package org.voyage.kit.record;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.voyage.kit.bulk.BatchContext;
import org.voyage.kit.bulk.ChunkOutcome;
import org.voyage.kit.bulk.Row;
import org.voyage.kit.bulk.RowHandler;
import org.voyage.kit.bulk.RowOutcome;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kit.web.Finding;
import org.voyage.kit.web.ProblemType;
import org.voyage.kit.web.Refusal;

/** Takes the rows of a file through the same command as a single request. */
final class RecordImport<T> implements RowHandler {

    private final RecordJson<T> json;
    private final BiFunction<List<Sent<T>>, Writing, Written<T>> write;

    RecordImport(RecordJson<T> json, BiFunction<List<Sent<T>>, Writing, Written<T>> write) {
        this.json = json;
        this.write = write;
    }

    @Override
    public ChunkOutcome handle(List<Row> rows, BatchContext batch) {
        RowOutcome[] outcomes = new RowOutcome[rows.size()];
        List<Sent<T>> sent = new ArrayList<>(rows.size());
        List<Integer> places = new ArrayList<>(rows.size());
        for (int i = 0; i < outcomes.length; i++) {
            try {
                sent.add(read(rows.get(i), batch));
                places.add(i);
            } catch (Refusal refusal) {
                outcomes[i] = refused(refusal);
            }
        }
        Receipt receipt = Receipt.NOTHING;
        if (!sent.isEmpty()) {
            Written<T> written = write.apply(sent, Writing.dry(batch.dryRun()));
            receipt = written.receipt();
            for (int i = 0; i < places.size(); i++) {
                outcomes[places.get(i)] = outcome(written.results().get(i));
            }
        }
        return new ChunkOutcome(List.of(outcomes), receipt);
    }

    private Sent<T> read(Row row, BatchContext batch) {
        RecordKey key = new RecordKey(batch.province(), row.sourceId());
        Cause cause = Cause.batch(batch.batchId(), batch.actor());
        String reason = row.withdrawReason();
        return reason == null ? Sent.state(key, json.read(row.fields()), cause) : Sent.withdrawal(key, reason, cause);
    }

    private RowOutcome outcome(Result<T> result) {
        return switch (result) {
            case Result.Changed<T> changed ->
                switch (changed.change().kind()) {
                    case CREATED -> RowOutcome.CREATED;
                    case WITHDRAWN -> RowOutcome.WITHDRAWN;
                    case CORRECTED, RESTORED, REPUBLISHED -> RowOutcome.CORRECTED;
                };
            case Result.Unchanged<T> unchanged -> RowOutcome.UNCHANGED;
            case Result.Parked<T> parked -> RowOutcome.PARKED;
            case Result.Unparked<T> unparked -> RowOutcome.WITHDRAWN;
            case Result.Refused<T>(Refusal refusal) -> refused(refusal);
        };
    }

    /** A refusal that speaks of the record as a whole becomes a finding about the whole row. */
    private static RowOutcome refused(Refusal refusal) {
        return RowOutcome.refused(
                refusal.findings().isEmpty()
                        ? List.of(new Finding("", ProblemType.of(refusal).slug(), refusal.detail(), refusal.detailZh()))
                        : refusal.findings());
    }
}
