package org.voyage.kit.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
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

    /** Bytes of a row's outcome and line. */
    private static final long ROW_BYTES = 10;

    /** Refused rows that were kept, their bytes, and the number of those that were not. */
    record KeptRefusals(long rows, long bytes, long leftOut) {
        static final KeptRefusals NONE = new KeptRefusals(0, 0, 0);
    }

    /**
     * Inserts the first refused rows that fit into the room. After a row that does not fit no other is kept.
     *
     * @param room bytes
     */
    KeptRefusals insertRefusals(Connection connection, long room) {
        var numbers = new ArrayList<Long>();
        var lines = new ArrayList<Long>();
        var raws = new ArrayList<String>();
        var whole = new ArrayList<Boolean>();
        var findings = new ArrayList<String>();
        long bytes = 0;
        long leftOut = 0;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof RowOutcome.RefusedRowOutcome refused) {
                if (leftOut > 0 || room <= 0) {
                    leftOut++;
                    continue;
                }
                var row = chunk.rows().get(i);
                var kept = keeper.retain(row, refused.findings());
                var raw = BatchStore.toStorableText(kept.raw());
                var why = FindingsJson.writeFindings(keeper.redactFindings(row, refused.findings()));
                long needed = Utils.utf8Length(raw) + Utils.utf8Length(why);
                if (bytes + needed > room) {
                    leftOut++;
                    continue;
                }
                bytes += needed;
                numbers.add(row.number());
                lines.add(row.line());
                raws.add(raw);
                whole.add(kept.whole());
                findings.add(why);
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
        return new KeptRefusals(numbers.size(), bytes, leftOut);
    }

    /** Returns the bytes of the outcomes, lines and keys of the chunk, about. */
    long countOutcomeBytes() {
        return chunk.rows().stream()
                .mapToLong(row ->
                        ROW_BYTES + (row.sourceId() == null ? 0 : row.sourceId().length()))
                .sum();
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

    /** Number of rows with warnings, and the bytes of all details. */
    record InsertedDetails(long warned, long bytes) {}

    InsertedDetails insertDetails(Connection connection) {
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
        long bytes = Stream.concat(changes.stream(), warnings.stream())
                .mapToLong(String::length)
                .sum();
        return new InsertedDetails(warned, bytes);
    }

    private static String toJson(List<FieldChange> changes) {
        try {
            return FindingsJson.MAPPER.writeValueAsString(changes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
