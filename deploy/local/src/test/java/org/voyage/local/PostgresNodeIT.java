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

    @TempDir
    Path folder;

    @Test
    void whatWasCommittedIsThereAfterKill9AndAfterARestart() throws SQLException {
        try (PostgresNode node = PostgresNode.start(folder.resolve("postgres"), Ports.free(), DATABASES)) {
            execute(node, "create table kept (id int)");
            for (int round = 1; round <= 3; round++) {
                execute(node, "insert into kept values (" + round + ")");
                long before = node.pid();
                node.kill9();
                node.awaitReady();
                assertThat(node.pid()).isNotEqualTo(before);
                assertThat(count(node)).isEqualTo(round);
            }
            node.restart();
            assertThat(count(node)).isEqualTo(3);
        }
        try (PostgresNode again = PostgresNode.start(folder.resolve("postgres"), Ports.free(), DATABASES)) {
            assertThat(count(again)).isEqualTo(3);
        }
    }

    @Test
    void aRoleCannotEnterTheDatabaseOfAnotherService() {
        try (PostgresNode node = PostgresNode.start(folder.resolve("postgres"), Ports.free(), DATABASES)) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            node.jdbcUrl("indicators"), "overseas", PostgresNode.password("overseas")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private static Connection connect(PostgresNode node) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl("overseas"), "overseas", PostgresNode.password("overseas"));
    }

    private static void execute(PostgresNode node, String sql) throws SQLException {
        try (var connection = connect(node);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(PostgresNode node) throws SQLException {
        try (var connection = connect(node);
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from kept")) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }
}
