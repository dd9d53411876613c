package org.voyage.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** Test of the backlog while the relay is stopped: another holder has its lease. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OutboxBacklogIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Inject
    @SuppressWarnings("NullAway.Init")
    Outbox outbox;

    @Inject
    @SuppressWarnings("NullAway.Init")
    OutboxStore store;

    @Inject
    @SuppressWarnings("NullAway.Init")
    OutboxConfig config;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    @BeforeEach
    void stopRelayAtEnd() throws SQLException {
        await().atMost(TIMEOUT).until(() -> store.oldestUnpublishedTime().isEmpty());
        executeSql("update outbox_relay set holder = 'thief', epoch = epoch + 1,"
                + " leased_until = clock_timestamp() + interval '1 hour'");
    }

    @AfterEach
    void resumeRelay() throws SQLException {
        executeSql("update outbox_relay set leased_until = '-infinity' where holder = 'thief'");
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(store.countBacklog()).isZero());
    }

    @Test
    void what_was_rolled_back_does_not_count() {
        appendAndRollBack(500);

        assertThat(store.countBacklog()).isZero();
    }

    @Test
    void what_is_stored_and_not_published_counts_whatever_was_rolled_back_between() {
        appendEvents(3);
        appendAndRollBack(500);
        appendEvents(2);

        assertThat(store.countBacklog()).isEqualTo(5);
    }

    @Test
    void a_backlog_too_long_to_count_is_estimated_from_the_distance_of_positions() {
        for (int thousand = 0; thousand < 11; thousand++) {
            appendEvents(1_000);
        }

        assertThat(store.countBacklog()).isBetween(11_000L, 11_500L);
    }

    @Test
    void the_age_of_the_oldest_unpublished_event_is_measured_and_falls_to_0() throws SQLException {
        OutgoingEvent old = events(1).getFirst();
        Instant before = Instant.now().minusSeconds(100);
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.appendEvents(
                        List.of(new OutgoingEvent(old.topic(), old.key(), old.id(), old.type(), before, old.data()))));
        appendEvents(1);

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(oldestAgeSeconds()).isBetween(100.0, 200.0));
        resumeRelay();

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(oldestAgeSeconds()).isZero());
    }

    /**
     * A search from the first stored event on reads all published ones: some 500 pages here, and a second for those of
     * three days. From the cursor on it takes one descent of the index of each day.
     */
    @Test
    void the_oldest_unpublished_event_is_found_without_a_look_at_those_that_are_published() throws SQLException {
        for (int thousand = 0; thousand < 20; thousand++) {
            appendEvents(1_000);
        }
        executeSql("update outbox_relay set position = (select max(position) from outbox), day = current_date");
        appendEvents(1);
        QueryPlanDataSource explained = new QueryPlanDataSource(dataSource);

        assertThat(new OutboxStore(explained.dataSource(), config).oldestUnpublishedTime())
                .isPresent();

        assertThat(explained.countPages()).as(explained.toString()).isBetween(1L, 100L);
    }

    private static double oldestAgeSeconds() {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("voyage_outbox_age_seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElse(-1);
    }

    private void appendEvents(int count) {
        QuarkusTransaction.requiringNew().run(() -> outbox.appendEvents(events(count)));
    }

    private void appendAndRollBack(int count) {
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    outbox.appendEvents(events(count));
                    throw new IllegalStateException("the change fails after its events");
                }))
                .hasMessageContaining("after its events");
    }

    private static List<OutgoingEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new OutgoingEvent(
                        "things.thing",
                        "12/backlog-" + n,
                        UUID.randomUUID(),
                        "org.voyage.thing.changed.v1",
                        Instant.now(),
                        "{}"))
                .toList();
    }

    private void executeSql(String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
