package org.voyage.kit.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of a chunk that have more to say than a letter, as rows of their tables. */
record RowRecords(UUID batch, Chunk chunk, List<RowOutcome> outcomes, RowKeeper keeper) {

    void refusals(Connection connection) throws SQLException {
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
        try (var statement = connection.prepareStatement(insert)) {
            statement.setObject(1, batch);
            statement.setArray(2, connection.createArrayOf("int8", numbers.toArray()));
            statement.setArray(3, connection.createArrayOf("int8", lines.toArray()));
            statement.setArray(4, connection.createArrayOf("text", raws.toArray()));
            statement.setArray(5, connection.createArrayOf("bool", whole.toArray()));
            statement.setArray(6, connection.createArrayOf("text", findings.toArray()));
            statement.executeUpdate();
        }
    }

    /** What became of each row, where it stands in the file, and the key of its record. */
    void outcomes(Connection connection, String letters) throws SQLException {
        var lines = chunk.rows().stream().map(ReadRow::line).toArray(Long[]::new);
        var keys = new @Nullable String[outcomes.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = keeper.key(chunk.rows().get(i), outcomes.get(i) instanceof RowOutcome.Refused);
        }
        try (var statement = connection.prepareStatement(
                "insert into batch_chunk (batch_id, first_row, outcomes, lines, source_ids) values (?, ?, ?, ?, ?)")) {
            statement.setObject(1, batch);
            statement.setLong(2, chunk.firstRow());
            statement.setString(3, letters);
            statement.setArray(4, connection.createArrayOf("int8", lines));
            statement.setArray(5, connection.createArrayOf("text", keys));
            statement.executeUpdate();
        }
    }

    /** @return how many rows have warnings */
    long details(Connection connection) throws SQLException {
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
            try (var statement = connection.prepareStatement(insert)) {
                statement.setObject(1, batch);
                statement.setArray(2, connection.createArrayOf("int8", numbers.toArray()));
                statement.setArray(3, connection.createArrayOf("text", changes.toArray()));
                statement.setArray(4, connection.createArrayOf("text", warnings.toArray()));
                statement.executeUpdate();
            }
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
