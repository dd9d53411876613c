package org.voyage.kit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.problem.Refusal;
import org.voyage.kittest.TestServers;

class JdbcClientIT {

    private static final String DATABASE = "voyage";
    private static final UUID ID = UUID.fromString("0b0c5a4e-6a1d-4a39-9b7e-0d2d6f0a1c11");
    private static final Instant TIME = Instant.parse("2026-11-28T08:00:00.123456Z");

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final JdbcClient database = new JdbcClient(dataSource);

    private record Note(UUID id, @Nullable String text, Instant at, String unit, List<String> tags, byte[] content) {}

    @BeforeEach
    void createTable() {
        dataSource.setUrl(TestServers.jdbcUrl(DATABASE));
        dataSource.setUser(TestServers.ownerOf(DATABASE));
        dataSource.setPassword(TestServers.passwordOf(TestServers.ownerOf(DATABASE)));
        database.execute("create schema jdbc_client; create table jdbc_client.note (id uuid primary key, text text,"
                + " at timestamptz, unit text, tags text[], content bytea, data jsonb, number int)");
    }

    @AfterEach
    void dropTable() {
        database.execute("drop schema jdbc_client cascade");
    }

    @Test
    void parameters_of_every_type_are_read_as_they_were_written() {
        int rows = database.update(
                "insert into jdbc_client.note values (?, ?, ?, ?, ?, ?, ?::jsonb, ?)",
                ID,
                null,
                TIME,
                TimeUnit.DAYS,
                SqlArray.ofTexts(List.of("a", "b,\"c")),
                new byte[] {0, -1},
                "{\"a\": 1}",
                null);

        assertThat(rows).isOne();
        Note note = database.queryOne(
                "select id, text, at, unit, tags, content from jdbc_client.note where data ->> 'a' = ? and number is null",
                row -> new Note(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        RowMapper.readInstant(row, 3),
                        row.getString(4),
                        List.of((String[]) row.getArray(5).getArray()),
                        row.getBytes(6)),
                "1");
        assertThat(note)
                .usingRecursiveComparison()
                .isEqualTo(new Note(ID, null, TIME, "DAYS", List.of("a", "b,\"c"), new byte[] {0, -1}));
    }

    @Test
    void a_query_returns_all_rows_the_first_row_or_none() {
        database.updateBatch(
                "insert into jdbc_client.note (id, number) values (?, ?)",
                List.of(new Object[] {UUID.randomUUID(), 1}, new Object[] {UUID.randomUUID(), 2}));

        String sql = "select number from jdbc_client.note where number = any (?) order by number";
        assertThat(database.query(sql, row -> row.getInt(1), SqlArray.ofInts(List.of(1, 2, 3))))
                .containsExactly(1, 2);
        assertThat(database.queryFirst(sql, row -> row.getInt(1), SqlArray.ofInts(List.of(2))))
                .contains(2);
        assertThat(database.queryFirst(sql, row -> row.getInt(1), SqlArray.ofInts(List.of())))
                .isEmpty();
    }

    @Test
    void a_transaction_that_fails_leaves_nothing_behind() {
        String insert = "insert into jdbc_client.note (id) values (?)";
        assertThatThrownBy(() -> database.inTransaction(client -> {
                    client.update(insert, ID);
                    return client.update(insert, ID);
                }))
                .isInstanceOf(DatabaseException.class);
        long rows = database.queryOne("select count(*) from jdbc_client.note", row -> row.getLong(1));
        assertThat(rows).isZero();

        database.inTransaction(client -> client.update(insert, ID));
        assertThat(database.query("select id from jdbc_client.note", row -> row.getObject(1, UUID.class)))
                .containsExactly(ID);
    }

    @Test
    void a_failure_means_to_the_caller_the_same_as_its_sql_exception() {
        assertThatThrownBy(() -> database.query("select ?::int", row -> row.getInt(1), "x"))
                .isInstanceOfSatisfying(DatabaseException.class, failure -> {
                    assertThat(failure.sqlState()).isEqualTo("22P02");
                    assertThat(FailureClassifier.toRefusal(failure)).isInstanceOf(Refusal.Malformed.class);
                });
        SQLException away = new SQLException("away", "08006");
        assertThat(FailureClassifier.toRefusal(new DatabaseException(away))).isInstanceOf(Refusal.Unavailable.class);
    }
}
