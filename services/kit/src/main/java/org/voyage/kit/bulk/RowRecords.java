package org.voyage.kit.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** The rows of a chunk that have more to say than a letter, as rows of their tables. */
record RowRecords(UUID batch, Chunk chunk, List<RowOutcome> outcomes, RowKeeper keeper) {

    void refusals(Connection connection) {
        var numbers = new ArrayList<Long>();
        var lines = new ArrayList<Long>();
        var raws = new ArrayList<String>();
        var whole = new ArrayList<Boolean>();
        var findings = new ArrayList<String>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof RowOutcome.Refused refused) {
                var row = chunk.rows().get(i);
                var kept = keeper.kept(row, refused.findings());
                numbers.add(row.number());
                lines.add(row.line());
                raws.add(BatchStore.storable(kept.raw()));
                whole.add(kept.whole());
                findings.add(FindingsJson.write(keeper.findings(row, refused.findings())));
            }
        }
        var insert = "insert into batch_refusal select ?, n, l, r, w, f::jsonb"
                + " from unnest(?::bigint[], ?::bigint[], ?::text[], ?::boolean[], ?::text[]) as t(n, l, r, w, f)";
        JdbcClient.on(connection)
                .update(
                        insert,
                        batch,
                        SqlArray.ofLongs(numbers),
                        SqlArray.ofLongs(lines),
                        SqlArray.ofTexts(raws),
                        new SqlArray("bool", whole.toArray()),
                        SqlArray.ofTexts(findings));
    }

    /** What became of each row, where it stands in the file, and the key of its record. */
    void outcomes(Connection connection, String letters) {
        var lines = chunk.rows().stream().map(ReadRow::line).toList();
        var keys = new @Nullable String[outcomes.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keeper.key(chunk.rows().get(i), outcomes.get(i) instanceof RowOutcome.Refused);
        }
        JdbcClient.on(connection)
                .update(
                        "insert into batch_chunk (batch_id, first_row, outcomes, lines, source_ids) values (?, ?, ?, ?, ?)",
                        batch,
                        chunk.firstRow(),
                        letters,
                        SqlArray.ofLongs(lines),
                        new SqlArray("text", keys));
    }

    /** @return how many rows have warnings */
    long details(Connection connection) {
        var numbers = new ArrayList<Long>();
        var changes = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        long warned = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof RowOutcome.Stored stored
                    && !(stored.changes().isEmpty() && stored.warnings().isEmpty())) {
                var row = chunk.rows().get(i);
                numbers.add(row.number());
                changes.add(json(keeper.changes(stored.changes())));
                warnings.add(FindingsJson.write(keeper.findings(row, stored.warnings())));
                warned += stored.warnings().isEmpty() ? 0 : 1;
            }
        }
        if (!numbers.isEmpty()) {
            var insert = "insert into batch_detail select ?, n, c::json, w::json"
                    + " from unnest(?::bigint[], ?::text[], ?::text[]) as t(n, c, w)";
            JdbcClient.on(connection)
                    .update(
                            insert,
                            batch,
                            SqlArray.ofLongs(numbers),
                            SqlArray.ofTexts(changes),
                            SqlArray.ofTexts(warnings));
        }
        return warned;
    }

    private static String json(List<FieldChange> changes) {
        try {
            return FindingsJson.MAPPER.writeValueAsString(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
