package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.PostgresNode;

/** Integration test of a released version's data folder that this version opens. */
class DatabaseUpgradeIT {
    private static final List<String> MIGRATIONS_OF_0_1_0 = List.of(
            "db/kit/V1_0__outbox.sql",
            "db/kit/V1_1__batches.sql",
            "db/migration/V2_0__overseas_school.sql",
            "db/migration/V2_1__overseas_headcount.sql",
            "db/migration/V2_2__overseas_training.sql",
            "db/migration/V2_3__parked.sql");
    private static final String SERVICE = "overseas";

    @TempDir
    Path folder;

    @Test
    void the_data_of_0_1_0_goes_to_the_owner_and_is_guarded_by_its_provinces() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (PostgresNode node = PostgresNode.start(folder.resolve("postgres"), port, List.of(SERVICE))) {
            assertOwnedByService(node);
            migrate(node, SERVICE, "filesystem:" + migrationsOf0_1_0());
            insertRecords(node);
        }
        try (PostgresNode node = PostgresNode.start(folder.resolve("postgres"), port, List.of(SERVICE))) {
            String owner = PostgresNode.ownerOf(SERVICE);
            configure(node, owner, "db/kit", "db/migration")
                    .target("1.19")
                    .load()
                    .migrate();
            execute(node, owner, "12", """
                    insert into batch_cause
                        (batch_id, refuses, rule, pointer, value, row_count, first_row, detail, detail_zh)
                      select '00000000-0000-0000-0000-000000000001', true, 'unknown-property', pointer, '', 1, 1,
                             'There is no such property.', '没有此属性。'
                        from unnest(array['/QUOKKA Z', '/QUOKKA Y']) as pointer""");
            migrate(node, owner, "db/kit", "db/migration");
            for (String table : List.of(
                    "overseas_school", "overseas_headcount", "parked_row", "batch", "batch_chunk", "batch_refusal")) {
                assertThat(queryNumber(node, "12", "select count(*) from " + table))
                        .as(table)
                        .isOne();
                assertThat(queryNumber(node, "31", "select count(*) from " + table))
                        .as(table)
                        .isZero();
                assertThat(queryNumber(node, "", "select count(*) from " + table))
                        .as(table)
                        .isZero();
            }
            assertThat(queryNumber(
                            node,
                            "12",
                            "select count(*) from batch_refusal where raw = '' and not whole"
                                    + " and findings::text not like '%QUOKKA%'"))
                    .as("rows that could not be placed are kept no longer")
                    .isOne();
            assertThat(queryNumber(
                            node,
                            "12",
                            "select sum(row_count) from batch_cause where rule = 'unknown-property' and pointer = ''"))
                    .as("the rows keep a cause")
                    .isOne();
            assertThat(queryNumber(node, "all", "select count(*) from outbox")).isOne();
            assertThat(queryNumber(node, "all", "select count(*) from pg_class where relowner = 'overseas'::regrole"))
                    .isZero();
            execute(
                    node,
                    SERVICE,
                    "12",
                    "update overseas_school set version = 2; insert into batch_chunk values"
                            + " ('00000000-0000-0000-0000-000000000001', 2, 'C')");
        }
    }

    private static void assertOwnedByService(PostgresNode node) throws SQLException {
        execute(node, "postgres", "", "drop owned by overseas_owner");
        execute(node, "postgres", "", "alter database overseas owner to overseas");
        execute(node, "postgres", "", "drop role overseas_owner");
    }

    private Path migrationsOf0_1_0() throws IOException {
        Path migrations = Files.createDirectories(folder.resolve("migrations"));
        for (String file : MIGRATIONS_OF_0_1_0) {
            try (InputStream in = DatabaseUpgradeIT.class.getResourceAsStream("/" + file)) {
                Files.copy(
                        Objects.requireNonNull(in),
                        migrations.resolve(Path.of(file).getFileName().toString()));
            }
        }
        return migrations;
    }

    private static void migrate(PostgresNode node, String role, String... locations) {
        configure(node, role, locations).load().migrate();
    }

    private static FluentConfiguration configure(PostgresNode node, String role, String... locations) {
        return Flyway.configure()
                .dataSource(node.jdbcUrl(SERVICE), role, PostgresNode.passwordOf(role))
                .locations(locations)
                .outOfOrder(true);
    }

    private static void insertRecords(PostgresNode node) throws SQLException {
        execute(node, SERVICE, "", """
                insert into overseas_school (province, source_id, version, recorded_at, cause_kind, cause_id, actor, record)
                  values ('12', 'S', 1, now(), 'request', 'r', 'bureau-12',
                          '{"status":"planned","brand":"other","hostCountry":"THA"}');
                insert into overseas_headcount
                    (province, source_id, version, recorded_at, cause_kind, cause_id, actor, record)
                  values ('12', 'H', 1, now(), 'request', 'r', 'bureau-12', '{"school":"S"}');
                insert into parked values
                  ('overseas-training', '12', 'T', 'S-2', '{"school":"S-2"}', 'request', 'r', 'bureau-12', now());
                insert into batch (id, province, record, format, mode, dry_run, actor, request_id, instance, bom, state,
                                   started_at, touched_at)
                  values ('00000000-0000-0000-0000-000000000001', '12', 'overseas-school', 'NDJSON', 'ROWS', false,
                          'bureau-12', 'r', 'i', false, 'DONE', now(), now());
                insert into batch_chunk values ('00000000-0000-0000-0000-000000000001', 1, 'R');
                insert into batch_refusal values ('00000000-0000-0000-0000-000000000001', 1, 1,
                  '{"student":"QUOKKA"}', true, '[{"pointer":"/QUOKKA Z","rule":"unknown-property",
                  "detail":"\\"QUOKKA\\" is a student.","detailZh":"“QUOKKA”是学生。"}]');
                create table outbox_20261124 partition of outbox for values from ('2026-01-01') to ('2036-01-01');
                insert into outbox (topic, partition, key, event_id, type, time, data)
                  values ('t', 0, '12/S', gen_random_uuid(), 'c', now(), '{}')""");
    }

    private static Connection connect(PostgresNode node, String role, String scope) throws SQLException {
        Properties login = new Properties();
        login.put("user", role);
        login.put("password", PostgresNode.passwordOf(role));
        if (!scope.isEmpty()) {
            login.put("options", "-c voyage.scope=" + scope);
        }
        return DriverManager.getConnection(node.jdbcUrl(SERVICE), login);
    }

    private static void execute(PostgresNode node, String role, String scope, String sql) throws SQLException {
        try (Connection connection = connect(node, role, scope);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long queryNumber(PostgresNode node, String scope, String sql) throws SQLException {
        try (Connection connection = connect(node, SERVICE, scope);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
