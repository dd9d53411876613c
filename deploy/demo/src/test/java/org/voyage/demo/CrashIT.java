package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/**
 * Crash test: it kills parts of the running platform during a load of {@link CrashRows#TOTAL_ROWS} rows; the senders repeat unacknowledged
 * requests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final List<String> KILLED_PARTS = List.of("overseas", "indicators", "kafka", "postgres", "feeds");
    private static final List<Integer> KILL_AFTER_ROWS =
            List.of(CrashRows.TOTAL_ROWS / 10, CrashRows.TOTAL_ROWS / 20 * 9, CrashRows.TOTAL_ROWS / 5 * 4);

    private static final Set<String> FEED_COUNTRIES = Set.of("THA");

    private Platform platform;
    private PlatformEndpoints endpoints;
    private CrashTables tables;
    private CrashTopics topics;
    private FeedJournal journal;
    private int pushes;

    @BeforeAll
    void start(@TempDir Path folder, @TempDir Path copies) {
        int basePort = LoopbackPorts.findFreeBasePort();
        // A killed relay holds its lease until it expires.
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(folder)
                        .withBasePort(basePort)
                        .withOnly(List.of("overseas", "indicators", "feeds"))
                        .withServiceEnvironment(Map.of(
                                "VOYAGE_OUTBOX_LEASE",
                                "4s",
                                "VOYAGE_OUTBOX_RETRY",
                                "1s",
                                "VOYAGE_WEB_IDEMPOTENCY_LEASE",
                                "10s")));
        endpoints = PlatformEndpoints.ofBasePort(basePort);
        tables = new CrashTables(platform.postgres());
        topics = CrashTopics.ofOverseas(
                platform.kafka().bootstrapServers(), state -> FeedJournal.isInScope(state, FEED_COUNTRIES));
        journal = FeedJournal.subscribe(
                endpoints, endpoints, tables, "CRASHES", DemoRecordType.SCHOOLS.record, FEED_COUNTRIES, copies);
        journal.startReading();
    }

    @AfterAll
    void stop() {
        journal.close();
        platform.close();
    }

    /**
     * Returns the kills: in the short form each part once, at alternating points in time; in the long form each part at
     * each of them.
     */
    static Stream<Arguments> kills() {
        boolean all = Boolean.getBoolean("voyage.test.long");
        return IntStream.range(0, KILLED_PARTS.size())
                .boxed()
                .flatMap(part -> IntStream.range(0, KILL_AFTER_ROWS.size())
                        .filter(moment -> all || moment == part % KILL_AFTER_ROWS.size())
                        .mapToObj(moment -> Arguments.of(KILLED_PARTS.get(part), KILL_AFTER_ROWS.get(moment))));
    }

    @ParameterizedTest(name = "{0} killed when {1} rows are in")
    @MethodSource("kills")
    void what_was_acknowledged_is_there_once_and_counted_once_and_parts_are_wholes_meanwhile(String part, int moment)
            throws Exception {
        String prefix = nextPrefix();
        try (CrashReader reader = CrashReader.begin(endpoints);
                CrashPush push = CrashPush.begin(endpoints, prefix)) {
            push.awaitAcknowledged(moment);
            platform.killPart(part);
            platform.awaitReady(part);
            push.awaitEnd();
            new CrashConsistency(endpoints, tables, topics).requireConsistent(prefix, push);
            reader.requireConsistentAnswers(part.equals("indicators"));
            requireCompleteFeed();
            assertThat(topics.countRepeats()).isZero();
        }
    }

    @Test
    void events_that_kafka_has_and_the_cursor_does_not_know_are_not_published_again() throws SQLException {
        String prefix = nextPrefix();
        try (CrashPush push = CrashPush.begin(endpoints, prefix)) {
            push.awaitAcknowledged(KILL_AFTER_ROWS.getFirst());
            killBetweenAcknowledgementAndCursor();
            push.awaitEnd();
            new CrashConsistency(endpoints, tables, topics).requireConsistent(prefix, push);
            assertThat(topics.countRepeats()).isZero();
            requireCompleteFeed();
        }
    }

    /** Requires that the reader of a feed has missed nothing since the first kill, and has the records. */
    private void requireCompleteFeed() {
        journal.requireEveryChange(topics, tables);
        journal.requireSameFromBeginning();
        journal.requireCopyOfSchools(tables);
    }

    /** Locks the cursor, so that the relay gets its acknowledgement but cannot continue. */
    private void killBetweenAcknowledgementAndCursor() throws SQLException {
        try (Connection holder = tables.connect("overseas");
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            // The relay may have sent only one batch or nothing before it stopped: then it is released for another
            // attempt.
            await().atMost(TIMEOUT).until(() -> {
                holder.rollback();
                long cursor = holdCursor(statement);
                await().atMost(TIMEOUT).until(() -> !findCursorWaiters().isEmpty());
                topics.readToEnd();
                return topics.maxPosition() > cursor;
            });
            List<Integer> waiting = findCursorWaiters();
            platform.killPart("overseas");
            // After the release the server would still move the cursor for the dead relay.
            for (int pid : waiting) {
                tables.queryAsService("overseas", "select pg_terminate_backend(?)", pid);
            }
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(findCursorWaiters()).doesNotContainAnyElementsOf(waiting));
            holder.rollback();
        }
        platform.awaitReady("overseas");
    }

    private static long holdCursor(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select position from outbox_relay for update")) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private List<Integer> findCursorWaiters() {
        return tables.queryAsService("overseas", """
                        select pid from pg_stat_activity
                         where wait_event_type = 'Lock' and query ~* 'update\\s+outbox_relay'""").stream()
                .map(row -> Integer.parseInt(Objects.requireNonNull(row[0])))
                .toList();
    }

    private String nextPrefix() {
        return "push%02d".formatted(++pushes);
    }
}
