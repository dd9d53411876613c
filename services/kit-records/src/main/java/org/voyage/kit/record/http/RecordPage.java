package org.voyage.kit.record.http;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;
import org.voyage.kit.http.QueryParameters;
import org.voyage.kit.record.RecordVersion;
import org.voyage.kit.record.SqlConditions;
import org.voyage.kit.record.write.RecordRepository;

/**
 * A page of a list of records: in the order of their keys, or, for a list of changes, in the order of their recording,
 * withdrawn ones included.
 *
 * <p>Each response names the time until which it is complete. A reader that asks for the changes after that time misses
 * nothing, also nothing of a transaction that was running. The list by time holds back the changes of a transaction
 * until no earlier one can follow.
 */
final class RecordPage {

    private static final long NANOS_PER_MICRO = 1_000;

    private final SqlConditions where;
    private final Optional<Province> province;
    private final String list;
    private final int limit;
    private final boolean byTime;
    private final CursorCodec cursors;
    private final @Nullable Cursor cursor;

    /**
     * @param list names the list and its filters; a cursor is valid for one list only
     * @param where the filters of the record itself
     */
    RecordPage(String list, SqlConditions where, Scope scope, ListQuery query, CursorCodec cursors) {
        this.cursors = cursors;
        this.where = where;
        this.limit = QueryParameters.parseLimit(query.limit);
        Instant after = QueryParameters.parseInstant("updatedAfter", query.updatedAfter);
        this.byTime = after != null;
        Boolean gone = QueryParameters.parseFlag("withdrawn", query.withdrawn);
        QueryParameters.CollectionPart part = QueryParameters.parsePart("partition", query.partition);
        this.list = list + "|" + scope + "|" + after + "|" + gone + "|" + part;
        this.province = scope.province();
        province.ifPresent(its -> where.and("province = ?", its.code()));
        if (gone != null) {
            where.and(gone ? "reason is not null" : "reason is null");
        } else if (after == null) {
            where.and("reason is null");
        }
        if (part != null) {
            where.and("(hashtextextended(source_id, 0) & 9223372036854775807) % ? = ?", part.of(), part.number() - 1);
        }
        if (after != null) {
            where.and("recorded_at > ?", toUtc(after));
        }
        this.cursor = cursors.decode(this.list, 3, query.cursor);
        if (cursor != null) {
            startAfter(cursor);
        }
    }

    private void startAfter(Cursor cursor) {
        if (byTime) {
            where.and(
                    "(recorded_at, province, source_id) > (?, ?, ?)",
                    toUtc(cursor.instant(0)),
                    cursor.text(1),
                    cursor.text(2));
        } else {
            where.and("(province, source_id) > (?, ?)", cursor.text(1), cursor.text(2));
        }
    }

    Response toResponse(RecordRepository<?> records) {
        // The horizon is read before the page. A list by time ends there; the other lists only name it as the time
        // after which a reader asks for changes.
        Instant horizon = byTime ? records.readHorizon(province) : records.cachedHorizon(province);
        if (byTime) {
            where.and("recorded_at < ?", toUtc(horizon));
        }
        String order = byTime ? "recorded_at, province, source_id" : "province, source_id";
        List<RecordVersion<byte[]>> found = records.table().findStored(where, order, limit + 1);
        Instant completeUntil = cursor == null || byTime ? horizon.minusNanos(NANOS_PER_MICRO) : cursor.instant(0);
        if (found.size() <= limit) {
            return RecordResponses.pageResponse(found, null, completeUntil);
        }
        List<RecordVersion<byte[]>> page = found.subList(0, limit);
        return RecordResponses.pageResponse(page, nextCursor(page.getLast(), completeUntil), completeUntil);
    }

    private String nextCursor(RecordVersion<?> last, Instant completeUntil) {
        return cursors.encode(
                list,
                byTime ? last.recordedAt() : completeUntil,
                last.key().province().code(),
                last.key().sourceId());
    }

    private static Object toUtc(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
