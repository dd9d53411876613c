package org.voyage.indicators.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.log.LogTopics;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestServers;

/** Test of a snapshot in two parts while another session rewrites the evidence table; with its own database. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class EvidenceSnapshotIT {

    private static final String DATABASE = "overseas";
    private static final String OWNER = TestServers.ownerOf(DATABASE);
    private static final int FACTS = 30_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /** Each part must have a few thousand blocks. */
    @BeforeAll
    static void insertFacts() throws SQLException {
        Flyway.configure()
                .dataSource(TestServers.jdbcUrl(DATABASE), OWNER, TestServers.passwordOf(OWNER))
                .locations("db/kit/audit", "db/migration")
                .outOfOrder(true)
                .load()
                .migrate();
        try (Connection connection = TestServers.connect(DATABASE, OWNER, "all")) {
            TestServers.runSql(
                    connection,
                    "insert into evidence select 'overseas-school', '12', 'V-' || i, 1, '" + TestEventLog.SCHOOL_TOPIC
                            + "', 0, i, i, now(), 'created', null, json_build_object('x', repeat('x', 700))"
                            + " from generate_series(1, " + FACTS + ") i on conflict do nothing");
        }
    }

    @Test
    void a_rewrite_of_the_table_waits_until_both_parts_are_read() throws Exception {
        CountDownLatch bothRead = new CountDownLatch(2);
        CountingVisitor first = new CountingVisitor(bothRead);
        CountingVisitor second = new CountingVisitor(bothRead);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            awaitLatch(bothRead);
            rewriteTable();
        });
        first.beforeTheSecondFact = EvidenceSnapshotIT::awaitBlockedSession;

        createSnapshot(dataSource()).readAll(List.of(first, second));
        writing.get(60, TimeUnit.SECONDS);

        assertThat(second.seen).as("read in two parts").isNotEmpty();
        assertEachOnce(first, second);
    }

    /** The second part waits for the rewrite, which waits for the first part: the start gives up, and begins again. */
    @Test
    void a_part_that_comes_after_it_gives_up_and_the_next_start_reads_everything_once() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        DataSource late = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (connections.incrementAndGet() == 2) {
                    awaitBlockedSession();
                }
                return dataSource().getConnection();
            }
        };
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            awaitLatch(begun);
            rewriteTable();
        });

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> createSnapshot(late)
                        .readAll(List.of(new CountingVisitor(begun), new CountingVisitor(new CountDownLatch(0)))))
                .satisfies(refused -> assertThat(refused.getSQLState()).isEqualTo(LOCK_NOT_AVAILABLE));
        CountingVisitor first = new CountingVisitor(new CountDownLatch(0));
        CountingVisitor second = new CountingVisitor(new CountDownLatch(0));
        createSnapshot(dataSource()).readAll(List.of(first, second));
        writing.get(60, TimeUnit.SECONDS);

        assertEachOnce(first, second);
    }

    @Test
    void a_table_rewritten_since_the_snapshot_is_read_as_it_was() throws Exception {
        AtomicInteger statements = new AtomicInteger();
        DataSource slow = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return interceptMethod(dataSource().getConnection(), "createStatement", () -> {
                    if (statements.incrementAndGet() == 1) {
                        rewriteTable();
                    }
                });
            }
        };
        CountingVisitor first = new CountingVisitor(new CountDownLatch(0));
        CountingVisitor second = new CountingVisitor(new CountDownLatch(0));

        createSnapshot(slow).readAll(List.of(first, second));

        assertThat(statements).hasValueGreaterThan(1);
        assertEachOnce(first, second);
    }

    private static void assertEachOnce(CountingVisitor first, CountingVisitor second) {
        Map<String, Integer> all = new ConcurrentHashMap<>(first.seen);
        second.seen.forEach((key, times) -> all.merge(key, times, Integer::sum));
        assertThat(all)
                .hasSize(FACTS)
                .allSatisfy((key, times) -> assertThat(times).as(key).isEqualTo(1));
    }

    private static EvidenceSnapshot createSnapshot(DataSource dataSource) {
        return new EvidenceSnapshot(dataSource, new LogTopics(List.of(TestEventLog.SCHOOL_TOPIC)));
    }

    private static DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(TestServers.jdbcUrl(DATABASE));
        dataSource.setUser(DATABASE);
        dataSource.setPassword(TestServers.passwordOf(DATABASE));
        dataSource.setOptions("-c voyage.scope=all");
        return dataSource;
    }

    private static void rewriteTable() {
        try (Connection connection = TestServers.connect(DATABASE, OWNER, "all")) {
            TestServers.runSql(connection, "vacuum full evidence");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitBlockedSession() {
        try (Connection connection = TestServers.connect(DATABASE, OWNER, "all")) {
            await().atMost(MAX_WAIT)
                    .until(() -> TestServers.queryNumber(
                                    connection,
                                    "select count(*) from pg_locks where relation = 'evidence'::regclass and not granted"
                                            + " and mode = 'AccessExclusiveLock'")
                            > 0);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection interceptMethod(Connection connection, String method, Runnable what) {
        return (Connection) Proxy.newProxyInstance(
                EvidenceSnapshotIT.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        what.run();
                    }
                    try {
                        return called.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Visitor that counts the calls for each fact. */
    private static final class CountingVisitor implements EvidenceSnapshot.EvidenceVisitor {

        private final Map<String, Integer> seen = new ConcurrentHashMap<>();
        private final CountDownLatch begun;
        private Runnable beforeTheSecondFact = () -> {};

        /** @param begun counted down at the first fact */
        CountingVisitor(CountDownLatch begun) {
            this.begun = begun;
        }

        @Override
        public void visitFact(String record, String key, int version, String change, byte @Nullable [] after) {
            if (seen.isEmpty()) {
                begun.countDown();
            } else if (seen.size() == 1) {
                beforeTheSecondFact.run();
            }
            seen.merge(key, 1, Integer::sum);
        }

        @Override
        public void visitStale(String topic, String record, String key) {}

        @Override
        public void finish(Map<TopicPartition, Long> next, Map<TopicPartition, Long> position) {}
    }
}
