package org.voyage.overseas;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.access.Scope;
import org.voyage.kit.web.Cursor;
import org.voyage.kit.web.Query;

/**
 * A page of a list of records: in the order of their keys, or, when asked for what changed after a moment, in the
 * order of their recording, withdrawn ones included.
 */
public class RecordPage {

    private final Conditions where;
    private final String list;
    private final int limit;
    private final boolean byTime;

    /**
     * @param list names the list and its filters; a cursor of one does not serve another
     * @param where the filters of the record itself
     */
    public RecordPage(
            String list,
            Conditions where,
            Scope scope,
            @Nullable String updatedAfter,
            @Nullable String withdrawn,
            @Nullable String limit,
            @Nullable String cursor) {
        this.where = where;
        this.limit = Query.limit(limit);
        Instant after = Query.instant("updatedAfter", updatedAfter);
        this.byTime = after != null;
        Boolean gone = Query.flag("withdrawn", withdrawn);
        this.list = list + "|" + scope + "|" + after + "|" + gone;
        if (scope instanceof Scope.One(var province)) {
            where.and("province = ?", province.code());
        }
        if (gone != null) {
            where.and(gone ? "reason is not null" : "reason is null");
        } else if (after == null) {
            where.and("reason is null");
        }
        if (after != null) {
            where.and("recorded_at > ?", after.atOffset(ZoneOffset.UTC));
        }
        from(Cursor.decode(this.list, byTime ? 3 : 2, cursor));
    }

    private void from(@Nullable Cursor cursor) {
        if (cursor == null) {
            return;
        }
        if (byTime) {
            where.and(
                    "(recorded_at, province, source_id) > (?, ?, ?)",
                    cursor.instant(0).atOffset(ZoneOffset.UTC),
                    cursor.text(1),
                    cursor.text(2));
        } else {
            where.and("(province, source_id) > (?, ?)", cursor.text(0), cursor.text(1));
        }
    }

    public <T> Response answer(VersionedTable<T> table, RecordAnswers<T> answers) {
        String order = byTime ? "recorded_at, province, source_id" : "province, source_id";
        List<Version<T>> found = table.list(where, order, limit + 1);
        if (found.size() <= limit) {
            return answers.page(found, null);
        }
        List<Version<T>> page = found.subList(0, limit);
        Version<T> last = page.getLast();
        String province = last.key().province().code();
        String next = byTime
                ? Cursor.encode(list, last.recordedAt(), province, last.key().sourceId())
                : Cursor.encode(list, province, last.key().sourceId());
        return answers.page(page, next);
    }
}
