package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Single writes at a steady rate, by several bureaus. Each bureau repeats a write until it is acknowledged, and makes up for
 * the time that it has waited.
 */
final class SteadyWrites implements AutoCloseable {

    /** Writes a second of all bureaus. */
    static final int RATE = 50;

    private static final List<String> BUREAUS = List.of("11", "13", "14", "15", "21", "22", "23", "31", "32", "34");
    private static final int SCHOOLS_PER_BUREAU = 6_000;
    /** Each write after some others corrects a school; the others create one. */
    private static final int WRITES_PER_CORRECTION = 4;

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final PlatformEndpoints endpoints;
    private final AcknowledgedRecords records = new AcknowledgedRecords();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final ExecutorService senders = Executors.newFixedThreadPool(BUREAUS.size());
    private final List<Future<?>> sending = new ArrayList<>();
    private volatile boolean over;

    private SteadyWrites(PlatformEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    static SteadyWrites begin(PlatformEndpoints endpoints, String prefix) {
        SteadyWrites writes = new SteadyWrites(endpoints);
        for (String province : BUREAUS) {
            List<OverseasSchool> schools = CrashRows.manySchools(prefix, province, SCHOOLS_PER_BUREAU);
            writes.sending.add(writes.senders.submit(() -> writes.send(schools)));
        }
        return writes;
    }

    private Void send(List<OverseasSchool> schools) throws InterruptedException {
        long pause = TimeUnit.SECONDS.toNanos(1) * BUREAUS.size() / RATE;
        long due = System.nanoTime();
        try (RetryingClient client = new RetryingClient(endpoints)) {
            for (int write = 0; !over; write++) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                due += pause;
                long begun = System.nanoTime();
                records.sendStep(client, new RecordStory.SendStep(schoolOf(schools, write)));
                longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
                acknowledged.incrementAndGet();
            }
        }
        return null;
    }

    private static OverseasSchool schoolOf(List<OverseasSchool> schools, int write) {
        int last = write - write / WRITES_PER_CORRECTION;
        if (write % WRITES_PER_CORRECTION != WRITES_PER_CORRECTION - 1) {
            return schools.get(last);
        }
        OverseasSchool school = schools.get(last - 1);
        return switch (school.status()) {
            case "open" -> school.withStatus("suspended", school.openedOn(), null);
            case "suspended" -> school.withStatus("open", school.openedOn(), null);
            default ->
                school.withStatus(
                        school.status(),
                        school.openedOn(),
                        Objects.requireNonNull(school.closedOn()).plusDays(1));
        };
    }

    AcknowledgedRecords records() {
        return records;
    }

    int countAcknowledged() {
        return acknowledged.get();
    }

    /** Returns the longest time from the first attempt of a write to its acknowledgement. */
    Duration longestWait() {
        return Duration.ofNanos(longestNanos.get());
    }

    /** Waits until some more writes are acknowledged. */
    void awaitWrites(int more) {
        int wanted = acknowledged.get() + more;
        await().atMost(TIMEOUT).failFast(this::requireNoSenderFailed).until(() -> acknowledged.get() >= wanted);
    }

    /** Ends the load after the acknowledgement of each write that has begun. */
    void awaitEnd() throws Exception {
        over = true;
        for (Future<?> each : sending) {
            each.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void requireNoSenderFailed() {
        assertThat(sending).allSatisfy(each -> assertThat(each.state()).isNotEqualTo(Future.State.FAILED));
    }

    @Override
    public void close() {
        over = true;
        senders.shutdownNow();
    }
}
