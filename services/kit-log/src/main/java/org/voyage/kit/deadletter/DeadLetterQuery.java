package org.voyage.kit.deadletter;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.deadletter.DeadLetter.DeadLetterFilter;
import org.voyage.kit.deadletter.DeadLetter.DeadLetterLocation;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.input.CodeSet;

/**
 * Query for a page of dead letters, the newest first.
 *
 * @param after the last dead letter of the page before; null for the first
 * @param size maximum number of dead letters of the page
 */
public record DeadLetterQuery(
        DeadLetterFilter filter, @Nullable DeadLetterLocation after, int size) {

    /** Topics and records that a service reads. */
    public record DeadLetterCodes(CodeSet<String> topics, CodeSet<String> records) {}

    /** Parses the parameters of a request. */
    public static DeadLetterQuery parse(
            @Nullable String topic,
            @Nullable String record,
            @Nullable String healed,
            @Nullable String limit,
            @Nullable String cursor,
            DeadLetterCodes codes,
            CursorCodec cursors) {
        DeadLetterFilter filter = new DeadLetterFilter(
                QueryParameters.parseEnum("topic", topic, codes.topics()),
                QueryParameters.parseEnum("record", record, codes.records()),
                QueryParameters.parseFlag("healed", healed));
        int size = QueryParameters.parseLimit(limit);
        return new DeadLetterQuery(filter, parseLocation(cursors.decode(nameList(filter), 4, cursor)), size);
    }

    /** Returns how many dead letters are to be read: one more than the page shows, which says whether another follows. */
    public int limit() {
        return size + 1;
    }

    /** Returns the page. @param found at most {@link #limit()} dead letters */
    public DeadLettersAnswer toPage(List<DeadLetter> found, CursorCodec cursors) {
        List<DeadLetter> shown = found.subList(0, Math.min(size, found.size()));
        return new DeadLettersAnswer(
                shown.stream().map(DeadLetterAnswer::of).toList(),
                found.size() > size ? encode(shown.getLast().location(), cursors) : null);
    }

    private String encode(DeadLetterLocation last, CursorCodec cursors) {
        return cursors.encode(nameList(filter), last.storedAt(), last.topic(), last.partition(), last.offset());
    }

    private static String nameList(DeadLetterFilter filter) {
        return "dead-letters " + filter;
    }

    private static @Nullable DeadLetterLocation parseLocation(@Nullable Cursor cursor) {
        return cursor == null
                ? null
                : new DeadLetterLocation(cursor.instant(0), cursor.text(1), cursor.integer(2), cursor.integer(3));
    }
}
