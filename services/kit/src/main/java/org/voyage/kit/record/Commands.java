package org.voyage.kit.record;

import java.util.List;
import java.util.Optional;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kit.outbox.RepublishedRecord;
import org.voyage.kit.web.FieldReader;
import org.voyage.kit.web.Refusal;

/** What can be done to the records of one type. Each method runs in the caller's transaction. */
public interface Commands<T> extends RepublishedRecord {

    Records<T> records();

    /** What was sent of a record, read to the last and judged by the rules, also beside its key. */
    default Sent<T> read(RecordKey key, FieldReader fields, Cause cause) {
        Sent<T> sent = records().read(key, fields, cause);
        T record = sent.record();
        return record == null
                ? sent
                : sent.warned(records().judge(records().type().odd().apply(key, record)));
    }

    /** One record or a thousand: each gets its own result, and a refused one hinders no other. */
    Written<T> write(List<Sent<T>> sent, Writing writing);

    /** Whether under two of these that are merged there may be records that say the same, to choose from. */
    default boolean bringsTwins() {
        return false;
    }

    /**
     * Lets a record go on under another key, with all that belongs to it.
     *
     * @throws Refusal if there is no such record, the other key is not fit for it, or both have records that say the same
     *     and the sender does not say whose stand
     */
    Written<T> move(Sent<T> sent, Move move, Writing writing);

    @Override
    default String record() {
        return records().type().name();
    }

    @Override
    default List<OutgoingEvent> page(Optional<String> after, int limit, String actor) {
        return records().republished(after, limit, actor);
    }
}
