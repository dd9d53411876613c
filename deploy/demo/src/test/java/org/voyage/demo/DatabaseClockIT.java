package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.PostgresNode;
import org.voyage.local.StartFailedException;

/** Test of what the demo asks a database before it loads into containers. */
class DatabaseClockIT {
    private static final List<String> DATABASES =
            List.of("mobility", "cooperation", "overseas", "standards", "indicators");

    @TempDir
    Path folder;

    @Test
    void one_record_of_any_service_is_found_with_the_right_password_only() throws Exception {
        try (PostgresNode node =
                PostgresNode.start(folder.resolve("postgres"), LoopbackPorts.findFreePort(), DATABASES)) {
            DatabaseClock clock = new DatabaseClock(node.port());
            assertThat(clock.hasRecords()).as("no tables").isFalse();
            run(node, "create table recognition (source_id text)");
            assertThat(clock.hasRecords()).as("an empty table").isFalse();
            run(node, "insert into recognition values ('R1')");
            assertThat(clock.hasRecords()).as("one row").isTrue();
            assertThatThrownBy(() -> new DatabaseClock(node.port(), "wrong").hasRecords())
                    .isInstanceOf(StartFailedException.class)
                    .hasMessageContaining("password");
        }
    }

    private static void run(PostgresNode node, String sql) throws Exception {
        try (var owner = DriverManager.getConnection(
                        node.jdbcUrl("standards"),
                        PostgresNode.ownerOf("standards"),
                        PostgresNode.passwordOf(PostgresNode.ownerOf("standards")));
                var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }
}
