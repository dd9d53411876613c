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
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.local.Platform;

/**
 * Crash test: it kills parts of the running platform during a load of {@link CrashRows#TOTAL_ROWS} rows; the senders repeat unacknowledged
 * requests.
 */
@ExtendWith(SharedPlatforms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final List<String> KILLED_PARTS = List.of("overseas", "indicators", "kafka", "postgres", "feeds");
    /** Tenths of the rows after which a part is killed in the long form. */
    private static final List<Integer> KILL_TENTHS = List.of(1, 5, 8);

    private static final Set<String> FEED_COUNTRIES = Set.of("THA");

    private Platform platform;
    private PlatformEndpoints endpoints;
    private CrashTables tables;
    private CrashTopics topics;
    private FeedJournal journal;
    private int pushes;

    @BeforeAll
    void start(CrashPlatform shared, @TempDir Path copies) {
        platform = shared.platform();
        endpoints = shared.endpoints();
        tables = shared.tables();
        topics = CrashTopics.ofOverseas(
                platform.kafka().bootstrapServers(), state -> FeedJournal.isInScope(state, FEED_COUNTRIES));
        journal = FeedJournal.subscribe(
                endpoints, endpoints, tables, "CRASHES", DemoRecordType.SCHOOLS.record, FEED_COUNTRIES, copies);
        journal.startReading();
    }

    @AfterAll
    void stop() {
        journal.close();
    }

    /** Kill of a part when some tenths of the rows are in. */
    private record PartKill(String part, int tenths) {

        /** Kill of overseas between the acknowledgement of Kafka and the cursor of the relay. */
        static final String CURSOR = "cursor";

        @Override
        public String toString() {
            return part + " at " + tenths + "0 %";
        }
    }

    /** Returns the kills of each push: in the short form all in one push, in the long form each alone, and at three times. */
    static Stream<List<PartKill>> kills() {
        if (!Boolean.getBoolean("voyage.test.long")) {
            return Stream.of(List.of(
                    new PartKill(PartKill.CURSOR, 1),
                    new PartKill("overseas", 2),
                    new PartKill("indicators", 4),
                    new PartKill("kafka", 6),
                    new PartKill("postgres", 7),
                    new PartKill("feeds", 8)));
        }
        return Stream.concat(
                Stream.of(List.of(new PartKill(PartKill.CURSOR, 1))),
                KILLED_PARTS.stream()
                        .flatMap(part -> KILL_TENTHS.stream().map(tenths -> List.of(new PartKill(part, tenths)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kills")
    void what_was_acknowledged_is_there_once_and_counted_once_and_parts_are_wholes_meanwhile(List<PartKill> kills)
            throws Exception {
        String prefix = nextPrefix();
        try (CrashReader reader = CrashReader.begin(endpoints);
                CrashPush push = CrashPush.begin(endpoints, prefix)) {
            for (PartKill kill : kills) {
                push.awaitAcknowledged(CrashRows.TOTAL_ROWS / 10 * kill.tenths());
                if (kill.part().equals("indicators")) {
                    killPart(kill);
                    reader.awaitAnswer();
                } else {
                    int unanswered = reader.countUnanswered();
                    killPart(kill);
                    assertThat(reader.countUnanswered())
                            .as("questions not answered after %s", kill)
                            .isEqualTo(unanswered);
                }
            }
            push.awaitEnd();
            new CrashConsistency(endpoints, tables, topics).requireConsistent(prefix, push);
            reader.requireConsistentAnswers();
            requireCompleteFeed();
            assertThat(topics.countRepeats()).isZero();
        }
    }

    private void killPart(PartKill kill) throws SQLException {
        if (kill.part().equals(PartKill.CURSOR)) {
            killBetweenAcknowledgementAndCursor();
        } else {
            platform.killPart(kill.part());
            platform.awaitReady(kill.part());
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
