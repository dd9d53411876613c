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

/** What can be done to the records of one type. Each method runs in the caller's transaction. */
public interface RecordCommands<T> extends RepublishableRecord {

    RecordRepository<T> records();

    /** What was sent of a record, read to the last and judged by the rules, also beside its key. */
    default RecordSubmission<T> readSubmission(RecordKey key, FieldReader fields, ChangeCause cause) {
        RecordSubmission<T> sent = records().readSubmission(key, fields, cause);
        T record = sent.record();
        return record == null
                ? sent
                : sent.withWarnings(
                        records().judgeFindings(records().type().odd().apply(key, record)));
    }

    /** One record or a thousand: each gets its own result, and a refused one hinders no other. */
    WriteSummary<T> writeRecords(List<RecordSubmission<T>> sent, WriteMode writing);

    /** Whether under two of these that are merged there may be records that say the same, to choose from. */
    default boolean mayHaveDuplicateChildren() {
        return false;
    }

    /**
     * Lets a record go on under another key, with all that belongs to it.
     *
     * @throws Refusal if there is no such record, the other key is not fit for it, or both have records that say the same
     *     and the sender does not say whose stand
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
