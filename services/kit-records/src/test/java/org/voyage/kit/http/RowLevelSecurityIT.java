package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.voyage.kit.access.DatabaseGuard;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.access.Scope;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.database.DatabaseTimeout;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.StatementPipeline;
import org.voyage.kit.failure.FailureClassifier;
import org.voyage.kit.problem.Refusal;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RowSecurityCheck;
import org.voyage.kittest.TestServers;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class RowLevelSecurityIT {
    private static final Scope TIANJIN = new Scope.ProvinceScope(Province.of("12"));
    private static final int POOLED_CONNECTIONS = 8;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @BeforeEach
    void a_thing_of_two_provinces() throws SQLException {
        try (var connection = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "");
                var statement = connection.createStatement()) {
            statement.execute("truncate thing; insert into thing values ('12', 'a', 'x'), ('31', 'b', 'x')");
        }
    }

    @Test
    void the_tables_of_the_kit_are_guarded() throws SQLException {
        RowSecurityCheck.ofRecords("voyage").requireNoFaults();
    }

    @Test
    void a_role_that_is_not_bound_by_row_level_security_is_refused_in_production() throws SQLException {
        try (var service = TestServers.connect("voyage", "voyage", "")) {
            DatabaseGuard.requireBound(service);
        }
        for (String unbound : List.of(TestServers.ownerOf("voyage"), "postgres")) {
            try (var connection = TestServers.connect("voyage", unbound, "")) {
                assertThatThrownBy(() -> DatabaseGuard.requireBound(connection))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("The role " + unbound);
            }
        }
    }

    @Test
    void wrong_sql_of_the_service_sees_and_touches_its_scope_only() throws SQLException {
        assertThat(queryAs("12", "select province from thing")).containsExactly("12");
        assertThat(queryAs("31", "update thing set name = 'y' returning province"))
                .containsExactly("31");
        assertThat(queryAs("12", "delete from thing returning province")).containsExactly("12");
        assertThat(queryAs("all", "select province from thing")).containsExactly("31");
        assertThat(queryAs("", "select province from thing")).isEmpty();
        assertThat(queryAs("1", "select province from thing")).isEmpty();
    }

    @Test
    void a_scope_of_several_provinces_is_limited_to_them() throws SQLException {
        assertThat(queryAs("12,31", "select province from thing")).containsExactlyInAnyOrder("12", "31");
        assertThat(queryAs("12,54", "select province from thing")).containsExactly("12");
        assertThat(queryAs("31,54", "update thing set name = 'y' returning province"))
                .containsExactly("31");
        for (String none : List.of(",", "1231", "12;31", "54,64", "all,12x")) {
            assertThat(queryAs(none, "delete from thing returning province"))
                    .as(none)
                    .isEmpty();
        }
        assertThatThrownBy(() -> queryAs("12,54", "insert into thing values ('31', 'c', 'x')"))
                .hasMessageContaining("row-level security");
        List<Province> both = List.of(Province.of("31"), Province.of("12"), Province.of("31"));
        assertThat(DatabaseScope.runForProvinces(both, DatabaseScope::transactionSetting))
                .contains("12,31");
        assertThat(DatabaseScope.<List<String>, SQLException>runForProvinces(both, this::listThings))
                .isEmpty();
    }

    @Test
    void an_alliance_sees_and_writes_its_own_rows_and_none_of_a_province() throws SQLException {
        queryAs("all", "insert into alliance_note values ('WFCP', 'a'), ('OTHER', 'b'), ('', 'c')");
        try {
            String notes = "select alliance from alliance_note order by alliance";
            assertThat(queryAsAlliance("WFCP", notes)).containsExactly("WFCP");
            assertThat(queryAsAlliance("OTHER", "update alliance_note set id = 'd' returning alliance"))
                    .containsExactly("OTHER");
            assertThat(queryAsAlliance("", notes)).isEmpty();
            assertThat(queryAsAlliance("all", notes)).isEmpty();
            assertThat(queryAsAlliance("WFCP", "select province from thing")).isEmpty();
            assertThat(queryAs("12", notes)).isEmpty();
            assertThat(queryAs("", notes)).isEmpty();
            assertThat(queryAs("all", notes)).containsExactlyInAnyOrder("", "OTHER", "WFCP");
            assertThatThrownBy(() -> queryAsAlliance("WFCP", "insert into alliance_note values ('OTHER', 'e')"))
                    .hasMessageContaining("row-level security");
            ScopedValue.CallableOp<List<String>, SQLException> listing = () -> listRows(notes);
            assertThat(DatabaseScope.runForAlliance("WFCP", listing)).containsExactly("WFCP");
            assertThat(DatabaseScope.runForAllProvinces(listing)).hasSize(3);
            assertThat(DatabaseScope.runWithinScope(TIANJIN, listing)).isEmpty();
            assertThat(listRows(notes)).isEmpty();
        } finally {
            queryAs("all", "delete from alliance_note");
        }
    }

    @Test
    void a_row_of_another_province_cannot_be_written() {
        for (String wrong : List.of(
                "insert into thing values ('31', 'c', 'x')",
                "update thing set province = '31'",
                "insert into thing values ('31', 'b', 'x') on conflict (province, source_id) do update set name = 'y'")) {
            assertThatThrownBy(() -> queryAs("12", wrong))
                    .as(wrong)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("row-level security");
        }
        assertThatThrownBy(() -> queryAs("", "insert into thing values ('12', 'c', 'x')"))
                .hasMessageContaining("row-level security");
    }

    @Test
    void work_without_a_caller_sees_nothing_until_it_says_what_it_needs() throws SQLException {
        assertThat(listThings()).isEmpty();
        assertThat(DatabaseScope.<List<String>, SQLException>runForAllProvinces(this::listThings))
                .containsExactly("12", "31");
        assertThat(DatabaseScope.<List<String>, SQLException>runWithinScope(TIANJIN, this::listThings))
                .containsExactly("12");
        assertThat(listThings()).isEmpty();
    }

    @Test
    void a_rollback_does_not_bring_an_earlier_scope_back() throws SQLException {
        for (int round = 0; round < 50; round++) {
            assertThatThrownBy(() -> DatabaseScope.runForAllProvinces(
                            () -> QuarkusTransaction.requiringNew().run(() -> {
                                assertThat(listThingsOrNothing()).hasSize(2);
                                throw new IllegalStateException("undone");
                            })))
                    .hasMessageContaining("undone");
            assertThat(DatabaseScope.<List<String>, SQLException>runWithinScope(TIANJIN, this::listThings))
                    .containsExactly("12");
            QuarkusTransaction.requiringNew()
                    .run(() -> assertThat(listThingsOrNothing()).isEmpty());
        }
    }

    @Test
    void a_shared_transaction_sees_nothing_until_it_says_its_provinces_and_leaves_nothing_behind() {
        for (int round = 0; round < 20; round++) {
            boolean undone = round % 2 == 0;
            Runnable shared = () -> DatabaseScope.runForProvinces(
                    List.of(Province.of("31"), Province.of("54")),
                    () -> QuarkusTransaction.requiringNew().call(() -> {
                        assertThat(listThingsOrNothing()).isEmpty();
                        StatementPipeline trip = new StatementPipeline();
                        trip.addUpdate(
                                "select set_config('voyage.scope', ?, true)",
                                DatabaseScope.transactionSetting().orElseThrow());
                        trip.execute(dataSource);
                        assertThat(listThingsOrNothing()).containsExactly("31");
                        if (undone) {
                            throw new IllegalStateException("undone");
                        }
                        return true;
                    }));
            if (undone) {
                assertThatThrownBy(shared::run).hasMessageContaining("undone");
            } else {
                shared.run();
            }
            QuarkusTransaction.requiringNew()
                    .run(() -> assertThat(listThingsOrNothing()).isEmpty());
        }
    }

    @Test
    void a_trip_that_fails_says_why_and_does_nothing_of_what_comes_after() throws SQLException {
        StatementPipeline trip = new StatementPipeline();
        trip.addUpdate("insert into thing values ('31', ?, 'x')", "b");
        trip.addUpdate("insert into thing values ('31', 'c', 'x')");

        assertThatThrownBy(() -> DatabaseScope.runForAllProvinces(() -> {
                    trip.execute(dataSource);
                    return true;
                }))
                .isInstanceOfSatisfying(
                        DatabaseException.class,
                        why -> assertThat(why.sqlState()).isEqualTo("23505"));
        assertThat(DatabaseScope.<List<String>, SQLException>runForAllProvinces(this::listThings))
                .containsExactly("12", "31");
    }

    /** Without a time-out a server that hangs held a thread until TCP gave up. */
    @Test
    void no_connection_waits_longer_for_an_answer_than_its_work_allows() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            assertThat(((Connection) connection.unwrap(PGConnection.class)).getNetworkTimeout())
                    .isEqualTo(30_000);
        }
        JdbcClient client = new JdbcClient(dataSource);
        assertThat(client.<String>queryOne("show statement_timeout", row -> row.getString(1)))
                .isEqualTo("10min");
        assertThat(client.<String>queryOne("show idle_in_transaction_session_timeout", row -> row.getString(1)))
                .isEqualTo("1min");
        long began = System.nanoTime();
        assertThatThrownBy(() -> DatabaseTimeout.runWithTimeout(
                        Duration.ofSeconds(1), () -> client.execute("select pg_sleep(20)")))
                .isInstanceOfSatisfying(DatabaseException.class, lost -> {
                    assertThat(lost.sqlState()).startsWith("08");
                    assertThat(FailureClassifier.toRefusal(lost)).isInstanceOf(Refusal.Unavailable.class);
                });
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(client.<Integer>queryOne("select 1", row -> row.getInt(1))).isEqualTo(1);
    }

    /** Each connection that a restart of the database had ended failed one request. */
    @Test
    void the_loss_of_one_connection_replaces_the_others() {
        // A second loss counts: another test may have lost a connection, and the pool is replaced once a second.
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(countFailuresAfterLoss()).isLessThanOrEqualTo(2));
    }

    private int countFailuresAfterLoss() throws SQLException {
        takeConnections(POOLED_CONNECTIONS);
        try (var server = TestServers.connect("voyage", "postgres", "")) {
            TestServers.runSql(
                    server,
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where usename = 'voyage' and datname = 'voyage'");
        }
        var answers = new AtomicInteger();
        var failures = new AtomicInteger();
        // The pool replaces its connections on a thread of its own.
        await().pollInterval(Duration.ofMillis(300)).until(() -> {
            try {
                takeConnections(POOLED_CONNECTIONS / 2);
                return answers.incrementAndGet() == POOLED_CONNECTIONS;
            } catch (SQLException lost) {
                failures.incrementAndGet();
                return false;
            }
        });
        return failures.get();
    }

    /** Takes connections at the same time, asks the database over each, and gives them back. */
    private void takeConnections(int count) throws SQLException {
        List<Connection> taken = new ArrayList<>();
        try {
            while (taken.size() < count) {
                taken.add(dataSource.getConnection());
            }
            for (Connection connection : taken) {
                TestServers.runSql(connection, "select 1");
            }
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void a_scope_does_not_reach_other_threads() throws Exception {
        try (var other = Executors.newSingleThreadExecutor()) {
            List<String> seen = DatabaseScope.<List<String>, Exception>runForAllProvinces(
                    () -> other.submit(this::listThings).get());
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void inside_a_transaction_it_is_too_late_to_choose_a_scope() {
        assertThatThrownBy(
                        () -> QuarkusTransaction.requiringNew().run(() -> DatabaseScope.runForAllProvinces(() -> {})))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("before the transaction");
    }

    @Test
    void a_batch_and_its_rows_are_shown_to_their_province_only() throws SQLException {
        String id = given().config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .auth()
                .oauth2(TestTokens.bureauToken("12"))
                .contentType("application/x-ndjson")
                .body("{\"sourceId\":\"rls\",\"name\":\"x\"}\n{\"sourceId\":\"rls-2\"}\n"
                        .getBytes(StandardCharsets.UTF_8))
                .post("/v1/things/batches")
                .path("id");
        for (String table : List.of("batch where id", "batch_chunk where batch_id", "batch_refusal where batch_id")) {
            String rows = "select province from " + table + " = '" + id + "'";
            assertThat(queryAs("12", rows)).as(table).containsExactly("12");
            assertThat(queryAs("31", rows)).as(table).isEmpty();
            assertThat(queryAs("all", rows)).as(table).containsExactly("12");
        }
    }

    @Test
    void the_service_owns_nothing_and_still_keeps_its_days_of_the_outbox() throws SQLException {
        assertThatThrownBy(() -> queryAs("all", "drop table outbox")).hasMessageContaining("owner");
        queryAs("", "select outbox_add_partition('2020-01-01'), outbox_add_partition('2020-01-02')");
        queryAs("", "insert into outbox values (0, '2020-01-01', 't', 0, 'k', gen_random_uuid(), 'c', now(), '{}')");
        queryAs("", "insert into outbox values (1e15, '2020-01-02', 't', 0, 'k', gen_random_uuid(), 'c', now(), '{}')");
        try {
            assertThat(queryAs("", "select outbox_drop_partition('2020-01-01')"))
                    .containsExactly("t");
            assertThat(queryAs("", "select outbox_drop_partition('2020-01-02')"))
                    .as("not published yet")
                    .containsExactly("f");
            assertThat(queryAs("", "select outbox_drop_partition('2020-01-01')"))
                    .as("gone already")
                    .containsExactly("f");
            assertThat(queryAs("", "select outbox_drop_partition(current_date)"))
                    .as("today")
                    .containsExactly("f");
        } finally {
            try (var connection = TestServers.connect("voyage", TestServers.ownerOf("voyage"), "");
                    var statement = connection.createStatement()) {
                statement.execute("drop table outbox_20200102");
            }
        }
    }

    private List<String> listThings() throws SQLException {
        return listRows("select province from thing order by province");
    }

    private List<String> listRows(String sql) throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return queryRows(connection, sql);
        }
    }

    private List<String> listThingsOrNothing() {
        try {
            return listThings();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Queries with the service's role, outside of the service. */
    private static List<String> queryAs(String scope, String sql) throws SQLException {
        try (var connection = TestServers.connect("voyage", "voyage", scope)) {
            return queryRows(connection, sql);
        }
    }

    private static List<String> queryAsAlliance(String alliance, String sql) throws SQLException {
        try (var connection = TestServers.connectAsAlliance("voyage", "voyage", alliance)) {
            return queryRows(connection, sql);
        }
    }

    private static List<String> queryRows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> found = new ArrayList<>();
            if (statement.execute(sql)) {
                var row = statement.getResultSet();
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }
}
