package org.voyage.kit.record.write;

import java.util.List;
import java.util.Optional;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishableRecord;
import org.voyage.kit.problem.Refusal;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordMove;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.WriteMode;

/** Commands for the records of one type. Each method runs in the caller's transaction. */
public interface RecordCommands<T> extends RepublishableRecord {

    RecordRepository<T> records();

    /** Reads a submission of a record completely and judges it by the rules, also together with its key. */
    default RecordSubmission<T> readSubmission(RecordKey key, FieldReader fields, ChangeCause cause) {
        RecordSubmission<T> sent = records().readSubmission(key, fields, cause);
        T record = sent.record();
        return record == null
                ? sent
                : sent.withWarnings(
                        records().judgeFindings(records().type().odd().apply(key, record)));
    }

    /** Writes one record or a thousand: each gets its own result, and a refused one hinders no other. */
    WriteSummary<T> writeRecords(List<RecordSubmission<T>> sent, WriteMode writing);

    /** Returns whether a write may also store parked children. */
    default boolean mayApplyParkedRows() {
        return false;
    }

    /** Returns whether a merge of two records may find duplicate children. */
    default boolean mayHaveDuplicateChildren() {
        return false;
    }

    /**
     * Moves a record with its children to another key.
     *
     * @throws Refusal if the record does not exist, the other key is not valid for it, or both have duplicate children
     *     and the sender does not name the side to keep
     */
    WriteSummary<T> moveRecord(RecordSubmission<T> sent, RecordMove move, WriteMode writing);

    @Override
    default String record() {
        return records().type().name();
    }

    @Override
    default List<OutgoingEvent> nextPage(Optional<String> after, int limit, String actor) {
        return records().republishedPage(after, limit, actor);
    }
}
