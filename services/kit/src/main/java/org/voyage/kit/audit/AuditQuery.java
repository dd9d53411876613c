package org.voyage.kit.audit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.http.Cursor;
import org.voyage.kit.http.CursorCodec;

/**
 * Query for a list of audit entries, newest first. It returns settled entries only. No entry can therefore appear above
 * a page that was already read, and reading page by page misses none.
 */
class AuditQuery {
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> arguments = new ArrayList<>();

    AuditQuery and(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            arguments.add(value instanceof Instant moment ? moment.atOffset(ZoneOffset.UTC) : value);
        }
        return this;
    }

    AuditQuery andCondition(String condition) {
        conditions.add(condition);
        return this;
    }

    /** A page of entries and the position of the next page; null if there is none. */
    @Schema(name = "AuditPage")
    record AuditPage(
            List<AuditEntryResponse> items,
            @Schema(nullable = true) @Nullable String next) {}

    AuditPage readPage(AuditStore store, CursorCodec cursors, int limit, @Nullable String cursorText) {
        String list = "audit " + conditions + arguments;
        Cursor cursor = cursors.decode(list, 1, cursorText);
        long last = cursor == null ? store.settledPosition() : cursor.integer(0) - 1;
        List<AuditEntryResponse> found = readEntries(store, last, limit + 1);
        List<AuditEntryResponse> shown = found.subList(0, Math.min(limit, found.size()));
        return new AuditPage(
                shown,
                found.size() > limit ? cursors.encode(list, shown.getLast().position()) : null);
    }

    private List<AuditEntryResponse> readEntries(AuditStore store, long last, int limit) {
        StringBuilder sql = new StringBuilder("select ")
                .append(AuditEntryResponse.COLUMNS)
                .append(" from audit_entry left join audit_seal using (position) where position <= ?");
        conditions.forEach(condition -> sql.append(" and ").append(condition));
        sql.append(" order by position desc limit ?");
        List<Object> all = new ArrayList<>();
        all.add(last);
        all.addAll(arguments);
        all.add(limit);
        return store.queryRows(sql.toString(), AuditEntryResponse::read, all.toArray());
    }
}
