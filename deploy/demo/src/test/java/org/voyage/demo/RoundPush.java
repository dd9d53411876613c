package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Push of single calls in rounds: each round creates, corrects, withdraws or restores the same few records of one type.
 * A round has a connection of its own, so rounds go to the instances of the service in turn.
 */
final class RoundPush implements AutoCloseable {

    private static final String PROVINCE = "61";
    private static final String PREFIX = "round";
    private static final int RECORD_COUNT = 8;
    private static final int PAUSE_MILLIS = 50;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final PlatformEndpoints endpoints;
    private final DemoRecordType type;
    private final AcknowledgedRecords records = new AcknowledgedRecords();
    private final AtomicInteger rounds = new AtomicInteger();
    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private final Future<?> sending;
    private volatile boolean over;

    private RoundPush(PlatformEndpoints endpoints, DemoRecordType type) {
        this.endpoints = endpoints;
        this.type = type;
        this.sending = sender.submit(this::sendRounds);
    }

    static RoundPush begin(PlatformEndpoints endpoints, DemoRecordType type) {
        return new RoundPush(endpoints, type);
    }

    DemoRecordType type() {
        return type;
    }

    private Void sendRounds() throws InterruptedException {
        while (!over) {
            try (RetryingClient client = new RetryingClient(endpoints)) {
                for (int record = 0; record < RECORD_COUNT; record++) {
                    records.sendStep(client, stepOf(record, rounds.get()));
                }
            }
            rounds.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    /** Returns the step of a record in a round: some are withdrawn in every fifth round and restored in the next. */
    private RecordStory.StoryStep stepOf(int record, int round) {
        RecordRow row = rowOf(record, round);
        return record % 4 == 1 && round % 5 == 4
                ? new RecordStory.WithdrawStep(row, "重复登记 / registered twice")
                : new RecordStory.SendStep(row);
    }

    /** Returns a record whose content differs from that of the round before. */
    private RecordRow rowOf(int record, int round) {
        RecordRow row = RecordRow.of(type, PROVINCE, PREFIX + "-" + record);
        String college = "4161000001";
        return switch (type) {
            case FOREIGN_TEACHERS ->
                row.withField("college", college)
                        .withField("nationality", "THA")
                        .withField("startedOn", LocalDate.of(2015, 9, 1).plusDays(round % 1000));
            case PROGRAMMES ->
                row.withField("name", "示例合作办学项目第%d号第%d版".formatted(record, round))
                        .withField("college", college)
                        .withField(
                                "foreignPartners",
                                List.of(Map.of(
                                        "name",
                                        "Example University",
                                        "country",
                                        record % 4 == 2 && round % 3 == 2 ? "KEN" : "THA")))
                        .withField("approvalNumber", "EXAMPLE-61-" + record)
                        .withField("approvedOn", "2019-03-01")
                        .withField("scheme", "ordinary")
                        .withField("major", "460301")
                        .withField("status", "enrolling")
                        .withField("enrollingFrom", "2019-09-01");
            case STANDARDS ->
                row.withField("title", "示例课程标准第%d号第%d版".formatted(record, round))
                        .withField("kind", "curriculum")
                        .withField("developingColleges", List.of(college))
                        .withField("field", "46")
                        .withField("edition", "2024");
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    /** Waits until some more rounds are acknowledged. */
    void awaitRounds(int more) {
        int wanted = rounds.get() + more;
        await().atMost(TIMEOUT).until(() -> rounds.get() >= wanted || sending.isDone());
        assertThat(sending.state()).as("sender of %s", type).isNotEqualTo(Future.State.FAILED);
    }

    void awaitEnd() throws Exception {
        over = true;
        sending.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Requires that the topic has each acknowledged version once and in order, and that each instance answers the last. */
    void requireConsistent(CrashTopics topics, List<PlatformEndpoints> instances) {
        Map<String, CrashTables.StoredRow> promised = records.toStoredRows();
        assertThat(promised).hasSize(RECORD_COUNT);
        await().atMost(TIMEOUT).untilAsserted(() -> {
            topics.readToEnd();
            assertThat(CrashConsistency.findDifferences(promised, topics.lastRecords(PREFIX)))
                    .as("acknowledged and published %s", type)
                    .isEmpty();
        });
        for (PlatformEndpoints instance : instances) {
            try (ApiClient api = new ApiClient(instance)) {
                for (int record = 0; record < RECORD_COUNT; record++) {
                    RecordRow row = RecordRow.of(type, PROVINCE, PREFIX + "-" + record);
                    ApiResponse answer = api.read(row);
                    CrashTables.StoredRow last = Objects.requireNonNull(promised.get(CrashTables.keyOf(row)));
                    JsonNode fields = answer.parseJson().path("fields");
                    assertThat(AcknowledgedRecords.versionOf(answer))
                            .as("%s", answer.request())
                            .isEqualTo(last.version());
                    if (!last.state().isNull()) {
                        assertThat(fields).as("%s", answer.request()).isEqualTo(last.state());
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        over = true;
        sender.shutdownNow();
    }
}
