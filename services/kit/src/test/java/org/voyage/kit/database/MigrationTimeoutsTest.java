package org.voyage.kit.database;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationTimeoutsTest {

    /** Flyway's own connection had no time-out: a service whose database hung never ended its start. */
    @Test
    void the_connection_that_migrates_has_time_outs() {
        FluentConfiguration flyway =
                Flyway.configure().dataSource("jdbc:postgresql://localhost:1/things", "owner", "secret");

        new MigrationTimeouts().customize(flyway);

        assertThat(flyway.getDataSource()).isInstanceOfSatisfying(PGSimpleDataSource.class, limited -> {
            assertThat(limited.getUrl()).contains("localhost:1/things");
            assertThat(limited.getUser()).isEqualTo("owner");
            assertThat(limited.getPassword()).isEqualTo("secret");
            assertThat(limited.getConnectTimeout()).isPositive();
            assertThat(limited.getSocketTimeout()).isPositive();
        });
    }
}
