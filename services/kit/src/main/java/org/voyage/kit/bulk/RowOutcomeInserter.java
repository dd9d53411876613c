package org.voyage.kit.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.bulk.format.Chunk;
import org.voyage.kit.bulk.format.FieldChange;
import org.voyage.kit.bulk.format.FindingsJson;
import org.voyage.kit.bulk.format.ParsedRow;
import org.voyage.kit.bulk.format.RowRedactor;
import org.voyage.kit.bulk.outcome.RowOutcome;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/** Inserter of the outcomes of a chunk and of the details of its rows. */
record RowOutcomeInserter(UUID batch, Chunk chunk, List<RowOutcome> outcomes, RowRedactor keeper) {

    void insertRefusals(Connection connection) {
        var numbers = new ArrayList<Long>();
        var lines = new ArrayList<Long>();
        var raws = new ArrayList<String>();
        var whole = new ArrayList<Boolean>();
        var findings = new ArrayList<String>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof RowOutcome.RefusedRowOutcome refused) {
                var row = chunk.rows().get(i);
                var kept = keeper.retain(row, refused.findings());
                numbers.add(row.number());
                lines.add(row.line());
                raws.add(BatchStore.toStorableText(kept.raw()));
                whole.add(kept.whole());
                findings.add(FindingsJson.writeFindings(keeper.redactFindings(row, refused.findings())));
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

    /** Inserts the outcome of each row, its line in the file, and the key of its record. */
    void insertOutcomes(Connection connection, String letters) {
        var lines = chunk.rows().stream().map(ParsedRow::line).toList();
        var keys = new @Nullable String[outcomes.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keeper.keyOf(chunk.rows().get(i), outcomes.get(i) instanceof RowOutcome.RefusedRowOutcome);
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

    /** @return number of rows with warnings */
    long insertDetails(Connection connection) {
        var numbers = new ArrayList<Long>();
        var changes = new ArrayList<String>();
        var warnings = new ArrayList<String>();
        long warned = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof RowOutcome.StoredRowOutcome stored
                    && !(stored.changes().isEmpty() && stored.warnings().isEmpty())) {
                var row = chunk.rows().get(i);
                numbers.add(row.number());
                changes.add(toJson(keeper.redactChanges(stored.changes())));
                warnings.add(FindingsJson.writeFindings(keeper.redactFindings(row, stored.warnings())));
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

    private static String toJson(List<FieldChange> changes) {
        try {
            return FindingsJson.MAPPER.writeValueAsString(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
