package org.voyage.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kit.bulk.TightStorageProfile;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

@QuarkusTest
@TestProfile(TightStorageProfile.class)
@QuarkusTestResource(RealBackends.class)
class OutboxPartitionsIT {

    private static final String INSERT_ROW_SQL =
            "insert into outbox (appended_on, position, topic, partition, key, event_id, type, time, data) values"
                    + " (current_date - %d, %s, 'things.thing', 0, '%s', gen_random_uuid(), 't', now(), '{}')";

    @Inject
    @SuppressWarnings("NullAway.Init")
    OutboxPartitions partitions;

    @BeforeEach
    void days() throws SQLException {
        for (int ago = 2; ago <= 6; ago++) {
            runSql("select outbox_add_partition(current_date - " + ago + ")");
        }
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        runSql("delete from outbox where key like '12/partition-%'");
        runSql("delete from outbox_stopped where key like '12/partition-%'");
        partitions.maintainPartitions();
    }

    @Test
    void days_that_are_published_and_past_retention_go_and_others_stay() throws SQLException {
        runSql(INSERT_ROW_SQL.formatted(6, "0", "12/partition-published"));
        runSql(INSERT_ROW_SQL.formatted(
                5, "(select position + 1000000 from outbox_relay)", "12/partition-unpublished"));
        runSql(INSERT_ROW_SQL.formatted(4, "0", "12/partition-stopped"));
        runSql("insert into outbox_stopped (topic, key, position, reason)"
                + " values ('things.thing', '12/partition-stopped', 0, 'too large')");

        partitions.maintainPartitions();

        assertThat(listPartitionDays()).contains(-5, -4, -2, 0, 1, 7).doesNotContain(-6, -3);
    }

    @Test
    void instances_that_start_together_do_not_disturb_each_other() throws Exception {
        try (ExecutorService instances = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 5; round++) {
                for (int ahead = 1; ahead <= 7; ahead++) {
                    runSql("do $$ begin execute 'drop table outbox_' || to_char(current_date + " + ahead
                            + ", 'YYYYMMDD'); end $$");
                }
                for (Future<?> start : instances.invokeAll(
                        Collections.nCopies(8, Executors.callable(partitions::maintainPartitions)))) {
                    start.get();
                }
            }
        }
        assertThat(listPartitionDays()).contains(0, 1, 2, 3, 4, 5, 6, 7);
    }

    /** Returns the days that have a partition, from today. */
    private static Set<Integer> listPartitionDays() throws SQLException {
        Set<Integer> days = new TreeSet<>();
        try (Connection connection = connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD') - current_date"
                                + " from pg_inherits where inhparent = 'outbox'::regclass")) {
            while (row.next()) {
                days.add(row.getInt(1));
            }
        }
        return days;
    }

    private static void runSql(String sql) throws SQLException {
        try (Connection connection = connectAsOwner();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connectAsOwner() throws SQLException {
        return TestServers.connect("voyage", TestServers.ownerOf("voyage"), "all");
    }
}
