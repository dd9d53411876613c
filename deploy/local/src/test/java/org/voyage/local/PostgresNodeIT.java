package org.voyage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresNodeIT {
    private static final List<String> DATABASES = List.of("overseas", "indicators");
    private static final String DAYS_BEHIND_SQL =
            "select round(extract(epoch from pg_catalog.clock_timestamp() - clock_timestamp()) / 86400)";

    @TempDir
    Path folder;

    @Test
    void whatWasCommittedIsThereAfterKill9AndAfterARestart() throws SQLException {
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            executeSql(node, PostgresNode.ownerOf("overseas"), "create table kept (id int)");
            executeSql(node, "overseas", """
                    do $$ begin
                      assert current_setting('fsync') = 'on' and current_setting('synchronous_commit') = 'on';
                    end $$""");
            for (int round = 1; round <= 3; round++) {
                executeSql(node, "overseas", "insert into kept values (" + round + ")");
                long before = node.pid();
                node.killProcess();
                node.awaitReady();
                assertThat(node.pid()).isNotEqualTo(before);
                assertThat(countRows(node)).isEqualTo(round);
            }
            node.restartServer();
            assertThat(countRows(node)).isEqualTo(3);
        }
        try (PostgresNode again =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            assertThat(countRows(again)).isEqualTo(3);
        }
    }

    @Test
    void aRoleCannotEnterTheDatabaseOfAnotherService() {
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            node.jdbcUrl("indicators"), "overseas", PostgresNode.passwordOf("overseas")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void the_role_of_a_service_uses_what_the_owner_made_and_owns_nothing() throws SQLException {
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            executeSql(node, PostgresNode.ownerOf("overseas"), "create table kept (id bigserial)");
            executeSql(node, "overseas", "insert into kept default values");
            executeSql(node, "overseas", "select nextval('kept_id_seq'), last_value from kept_id_seq");
            for (String theirs : List.of(
                    "create table own (id int)",
                    "truncate kept",
                    "alter table kept add name text",
                    "alter table kept disable row level security",
                    "create schema own",
                    "set role overseas_owner")) {
                assertThatThrownBy(() -> executeSql(node, "overseas", theirs))
                        .as(theirs)
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void what_the_service_owned_up_to_0_1_0_goes_to_the_owner_with_the_next_start() throws SQLException {
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            executeSql(node, "postgres", "drop owned by overseas_owner");
            executeSql(node, "postgres", "alter database overseas owner to overseas");
            executeSql(node, "postgres", "drop role overseas_owner");
            executeSql(node, "overseas", """
                    create table kept (id bigserial, day date) partition by range (day);
                    create table kept_1 partition of kept for values from ('2026-01-01') to ('2027-01-01');
                    create function one() returns int language sql return 1;
                    insert into kept (day) values ('2026-03-01')""");
        }
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            assertThat(countRows(node)).isEqualTo(1);
            executeSql(node, "overseas", "insert into kept (day) values ('2026-03-02')");
            assertThat(queryNumber(node, """
                    select (select count(*) from pg_class where relowner = 'overseas'::regrole)
                         + (select count(*) from pg_proc where proowner = 'overseas'::regrole)
                         + (select count(*) from pg_database where datdba = 'overseas'::regrole)""")).isZero();
            executeSql(node, PostgresNode.ownerOf("overseas"), "revoke update on kept from overseas");
            executeSql(node, PostgresNode.ownerOf("overseas"), "create table later (id int)");
            executeSql(node, "overseas", "insert into later values (1)");
        }
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            assertThat(countRows(node)).isEqualTo(2);
            assertThatThrownBy(() -> executeSql(node, "overseas", "update kept set day = day"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_start_removes_the_clock_of_a_demo_that_ended_while_it_loaded() throws SQLException {
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            executeSql(node, "postgres", "create schema demo_clock");
            executeSql(node, "postgres", "grant usage on schema demo_clock to overseas");
            executeSql(node, "postgres", """
                    create function demo_clock.clock_timestamp() returns timestamptz language sql
                    return pg_catalog.clock_timestamp() - interval '21 days'""");
            executeSql(
                    node,
                    "postgres",
                    "alter role overseas in database overseas set search_path = public, demo_clock, pg_catalog");
            assertThat(queryNumber(node, DAYS_BEHIND_SQL)).isEqualTo(21);
        }
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            assertThat(queryNumber(node, DAYS_BEHIND_SQL)).isZero();
        }
    }

    private static Connection connect(PostgresNode node, String role) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl("overseas"), role, PostgresNode.passwordOf(role));
    }

    private static void executeSql(PostgresNode node, String role, String sql) throws SQLException {
        try (var connection = connect(node, role);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long countRows(PostgresNode node) throws SQLException {
        return queryNumber(node, "select count(*) from kept");
    }

    private static long queryNumber(PostgresNode node, String sql) throws SQLException {
        try (var connection = connect(node, "overseas");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
