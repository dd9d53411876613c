package org.voyage.kit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    private static final List<String> TABLES_FILES =
            List.of("/db/kit-log/V1_30_1__log_reader.sql", "/db/kit-log/V1_42__claims_of_releases.sql");
    /** Statement with which an instance of 0.2.0 takes or renews the lease. */
    private static final String OLDER_HOLD_SQL = """
            insert into reader_lease as held (reader, holder, leased_until)
            values ('things', 'older', clock_timestamp() + interval '8 s')
            on conflict (reader) do update set holder = excluded.holder, leased_until = excluded.leased_until,
                   epoch = held.epoch + (held.holder <> excluded.holder)::int
             where held.holder = excluded.holder or held.leased_until < clock_timestamp()""";

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
        for (String file : TABLES_FILES) {
            try (InputStream tables = ReaderLeaseIT.class.getResourceAsStream(file)) {
                database.execute(new String(Objects.requireNonNull(tables).readAllBytes(), StandardCharsets.UTF_8));
            }
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
        Map<TopicPartition, StoredOffset> read = Map.of(PARTITION, new StoredOffset(10, 90, 90));
        first.hold();
        ConsumerOffsetTable.advanceAll(database, Map.of(), read);
        database.update("update reader_lease set leased_until = '-infinity'");
        assertThat(second.hold()).isTrue();
        Map<TopicPartition, StoredOffset> stored = Map.of(PARTITION, new StoredOffset(20, 190, 190));
        ConsumerOffsetTable.advanceAll(database, read, stored);

        assertThatThrownBy(() -> ConsumerOffsetTable.advanceAll(
                        database, read, Map.of(PARTITION, new StoredOffset(15, 140, 140))))
                .isInstanceOf(OffsetConflictException.class);
        assertThat(ConsumerOffsetTable.loadOffsets(database)).isEqualTo(stored);
    }

    @Test
    void a_reader_takes_the_lease_at_once_from_one_of_an_older_release_and_gives_it_back_at_its_end() {
        assertThat(database.update(OLDER_HOLD_SQL)).isEqualTo(1);

        assertThat(first.hold()).isTrue();
        assertThat(database.update(OLDER_HOLD_SQL)).as("the older one renews").isZero();
        assertThat(second.hold()).as("the same release").isFalse();

        first.release();
        assertThat(database.update(OLDER_HOLD_SQL)).isEqualTo(1);
        assertThat(second.hold()).isTrue();
        assertThat(second.epoch()).isEqualTo(first.epoch() + 2);
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
