package org.voyage.kit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.log.ConsumerOffsetTable.OffsetConflictException;
import org.voyage.kit.log.ConsumerOffsetTable.StoredOffset;
import org.voyage.kittest.TestServers;

/** Test of the tables that a service without tables of its own for the log takes from the kit. */
class ReaderLeaseIT {

    private static final String DATABASE = "voyage";
    private static final String TABLES_FILE = "/db/kit-log/V1_30_1__log_reader.sql";
    private static final TopicPartition PARTITION = new TopicPartition("things.thing", 3);

    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final JdbcClient database = new JdbcClient(dataSource);
    private final ReaderLease first = ConsumerOffsets.createLease(database, "things");
    private final ReaderLease second = ConsumerOffsets.createLease(database, "things");

    @BeforeEach
    void createTables() throws IOException {
        dataSource.setUrl(TestServers.jdbcUrl(DATABASE));
        dataSource.setUser(TestServers.ownerOf(DATABASE));
        dataSource.setPassword(TestServers.passwordOf(TestServers.ownerOf(DATABASE)));
        dataSource.setCurrentSchema("reader_lease");
        database.execute("create schema reader_lease");
        try (InputStream tables = ReaderLeaseIT.class.getResourceAsStream(TABLES_FILE)) {
            database.execute(new String(Objects.requireNonNull(tables).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void dropTables() {
        database.execute("drop schema reader_lease cascade");
    }

    @Test
    void one_reader_holds_the_lease_until_it_releases_it() {
        assertThat(first.hold()).isTrue();
        assertThat(second.hold()).isFalse();

        first.release();

        assertThat(second.hold()).isTrue();
        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(first.hold()).isFalse();
    }

    @Test
    void a_reader_whose_lease_ran_out_and_was_taken_stores_nothing_more() throws Exception {
        first.hold();
        database.inTransaction(client -> {
            first.requireHeld(client);
            return true;
        });
        database.update("update reader_lease set leased_until = '-infinity'");
        second.hold();

        assertThatThrownBy(() -> database.inTransaction(client -> {
                    first.requireHeld(client);
                    return true;
                }))
                .isInstanceOf(ReaderLease.LeaseTakenException.class);
    }

    @Test
    void offsets_advance_only_from_those_that_were_read() throws Exception {
        Map<TopicPartition, StoredOffset> one = Map.of(PARTITION, new StoredOffset(10, 90, 90));
        ConsumerOffsetTable.advanceAll(database, Map.of(), one);
        assertThat(ConsumerOffsetTable.loadOffsets(database)).isEqualTo(one);

        Map<TopicPartition, StoredOffset> two = Map.of(PARTITION, new StoredOffset(20, 190, 190));
        assertThatThrownBy(() -> ConsumerOffsetTable.advanceAll(database, Map.of(), two))
                .isInstanceOf(OffsetConflictException.class);
        ConsumerOffsetTable.advanceAll(database, one, two);

        assertThatThrownBy(() -> ConsumerOffsetTable.advanceAll(database, one, two))
                .isInstanceOf(OffsetConflictException.class);
        assertThat(ConsumerOffsetTable.loadOffsets(database)).isEqualTo(two);
    }
}
