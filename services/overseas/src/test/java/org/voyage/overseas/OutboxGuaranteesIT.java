package org.voyage.overseas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.voyage.overseas.OverseasBodies.awaitRecords;
import static org.voyage.overseas.OverseasBodies.newSourceId;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.voyage.kit.outbox.Outbox;
import org.voyage.kit.outbox.OutgoingEvent;
import org.voyage.kittest.RealBackends;

/** Integration test of the kit's outbox guarantees in a real service. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OutboxGuaranteesIT {

    private static final String TOPIC = "overseas.overseas-training";

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    private static OutgoingEvent event(String key, int n) {
        return new OutgoingEvent(
                TOPIC,
                key,
                UUID.randomUUID(),
                "org.voyage.overseas-training.changed.v1",
                Instant.now(),
                "{\"n\":" + n + "}");
    }

    @Test
    void an_event_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> outbox.appendEvents(List.of(event("x", 1)))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_is_rolled_back_is_never_published() {
        String key = newSourceId("rolled-back");
        assertThatThrownBy(() -> QuarkusTransaction.requiringNew().run(() -> {
                    outbox.appendEvents(List.of(event(key, 1)));
                    throw new IllegalStateException("the change fails after its event");
                }))
                .hasMessageContaining("after its event");
        QuarkusTransaction.requiringNew().run(() -> outbox.appendEvents(List.of(event(key, 2))));
        assertThat(awaitRecords(TOPIC, key, 1))
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactly("{\"n\":2}");
    }

    @Test
    void a_writer_that_commits_late_is_not_overtaken_by_the_cursor() throws Exception {
        String slow = newSourceId("slow");
        String fast = newSourceId("fast");
        CountDownLatch appended = new CountDownLatch(1);
        CountDownLatch overtaken = new CountDownLatch(1);
        try (var pool = Executors.newSingleThreadExecutor()) {
            Future<?> late = pool.submit(() -> QuarkusTransaction.requiringNew().run(() -> {
                outbox.appendEvents(List.of(event(slow, 1)));
                appended.countDown();
                awaitLatch(overtaken);
            }));
            awaitLatch(appended);
            QuarkusTransaction.requiringNew().run(() -> outbox.appendEvents(List.of(event(fast, 1))));
            assertThat(queryHorizon()).isLessThan(positionOf(fast));
            overtaken.countDown();
            late.get();
        }
        assertThat(awaitRecords(TOPIC, slow, 1)).hasSize(1);
        assertThat(awaitRecords(TOPIC, fast, 1)).hasSize(1);
        assertThat(positionOf(slow)).isLessThan(positionOf(fast));
    }

    @Test
    void keys_of_one_writer_keep_their_order_through_many_batches() {
        String key = newSourceId("ordered");
        int count = 12_000;
        for (int from = 0; from < count; from += 1_000) {
            int start = from;
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.appendEvents(IntStream.range(start, start + 1_000)
                            .mapToObj(n -> event(key, n))
                            .toList()));
        }
        List<Integer> numbers = awaitRecords(TOPIC, key, count).stream()
                .map(record -> OverseasBodies.parseJson(record.value()).get("n").asInt())
                .toList();
        assertThat(numbers).hasSize(count).isSorted();
    }

    @Test
    void a_second_relay_gets_no_lease_while_the_first_one_lives() throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> queryNumber("select count(*) from outbox_relay where leased_until > clock_timestamp()"
                                + " and holder <> 'thief'")
                        == 1);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            int taken = statement.executeUpdate(
                    "update outbox_relay set holder = 'thief', epoch = epoch + 1 where leased_until < clock_timestamp()");
            assertThat(taken).isZero();
        }
    }

    @Test
    void a_relay_that_lost_its_lease_falls_silent_and_comes_back_when_the_other_is_gone() throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update outbox_relay set holder = 'thief', epoch = epoch + 1,"
                    + " leased_until = clock_timestamp() + interval '3 s'");
        }
        String key = newSourceId("fenced");
        QuarkusTransaction.requiringNew().run(() -> outbox.appendEvents(List.of(event(key, 1))));
        assertThat(awaitRecords(TOPIC, key, 1)).isNotEmpty();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> queryNumber("select count(*) from outbox_relay where holder <> 'thief' and position >= "
                                + positionOf(key))
                        == 1);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private long queryHorizon() throws Exception {
        return queryNumber("select outbox_horizon()");
    }

    private long positionOf(String key) throws Exception {
        return queryNumber("select max(position) from outbox where key = '" + key + "'");
    }

    private long queryNumber(String sql) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
