package org.voyage.kit.bulk;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.outbox.Receipt;

/** Writes what becomes of a batch; every method joins the transaction it is called in. */
@ApplicationScoped
class BatchStore {
    private final DataSource dataSource;

    BatchStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Keeps the outcomes of a chunk: letters, counts, refused rows, and the receipt of the batch so far. */
    void record(UUID batch, Chunk chunk, List<RowOutcome> outcomes, Receipt soFar) {
        var letters = new StringBuilder(outcomes.size());
        outcomes.forEach(outcome -> letters.append(outcome.mark()));
        run(connection -> {
            try (var insert = connection.prepareStatement("insert into batch_chunk values (?, ?, ?)")) {
                insert.setObject(1, batch);
                insert.setLong(2, chunk.firstRow());
                insert.setString(3, letters.toString());
                insert.executeUpdate();
            }
            count(connection, batch, letters, soFar);
            if (letters.indexOf("R") >= 0) {
                refuse(connection, batch, chunk, outcomes);
            }
        });
    }

    private static void count(Connection connection, UUID batch, CharSequence letters, Receipt soFar)
            throws SQLException {
        var update = """
                update batch set rows_read = rows_read + ?, created = created + ?, corrected = corrected + ?,
                  unchanged = unchanged + ?, withdrawn = withdrawn + ?, parked = parked + ?, refused = refused + ?,
                  receipt = ?, touched_at = now() where id = ?""";
        try (var statement = connection.prepareStatement(update)) {
            statement.setLong(1, letters.length());
            int place = 2;
            for (char letter : "CU=WPR".toCharArray()) {
                statement.setLong(
                        place++, letters.chars().filter(c -> c == letter).count());
            }
            statement.setString(place++, soFar.text());
            statement.setObject(place, batch);
            statement.executeUpdate();
        }
    }

    private static void refuse(Connection connection, UUID batch, Chunk chunk, List<RowOutcome> outcomes)
            throws SQLException {
        var numbers = new ArrayList<Long>();
        var lines = new ArrayList<Long>();
        var raws = new ArrayList<String>();
        var whole = new ArrayList<Boolean>();
        var findings = new ArrayList<String>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof RowOutcome.Refused refused) {
                var row = chunk.rows().get(i);
                numbers.add(row.number());
                lines.add(row.line());
                // PostgreSQL keeps no U+0000; such a row is refused for it anyway.
                raws.add(new String(row.raw(), StandardCharsets.UTF_8).replace('\0', '\uFFFD'));
                whole.add(row.whole());
                findings.add(FindingsJson.write(refused.findings()));
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

    void finish(UUID batch, BatchState state, @Nullable String failure, Receipt receipt, Instant at) {
        run(connection -> {
            var update = "update batch set state = ?, failure = ?, receipt = ?, finished_at = ?, touched_at = now()"
                    + " where id = ?";
            try (var statement = connection.prepareStatement(update)) {
                statement.setString(1, state.name());
                statement.setString(2, failure);
                statement.setString(3, receipt.text());
                statement.setTimestamp(4, Timestamp.from(at));
                statement.setObject(5, batch);
                statement.executeUpdate();
            }
        });
    }

    /**
     * Marks running batches that nobody works on any more.
     *
     * @param instance an instance of which all are meant, whenever they moved last; null for none
     * @return how many
     */
    int interrupt(@Nullable String instance, Instant untouchedSince) {
        int[] marked = {0};
        run(connection -> {
            var update = "update batch set state = 'INTERRUPTED', finished_at = now()"
                    + " where state = 'RUNNING' and (instance = ? or touched_at < ?)";
            try (var statement = connection.prepareStatement(update)) {
                statement.setString(1, instance);
                statement.setTimestamp(2, Timestamp.from(untouchedSince));
                marked[0] = statement.executeUpdate();
            }
        });
        return marked[0];
    }

    private void run(Work work) {
        try (var connection = dataSource.getConnection()) {
            work.on(connection);
        } catch (SQLException e) {
            throw new BatchStoreFailure(e);
        }
    }

    private interface Work {
        void on(Connection connection) throws SQLException;
    }
}
