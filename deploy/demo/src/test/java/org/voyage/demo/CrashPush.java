package org.voyage.demo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Push of {@link CrashRows#TOTAL_ROWS} rows in files by two bureaus in parallel. Each bureau also corrects, withdraws
 * and restores single rows of its loaded files. No record has two writers at once, so its final state is known.
 */
final class CrashPush implements AutoCloseable {

    private static final List<String> BUREAUS = List.of("12", "44");
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final PlatformEndpoints endpoints;
    private final String prefix;
    private final AcknowledgedRecords records = new AcknowledgedRecords();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final ExecutorService clients = Executors.newFixedThreadPool(2 * BUREAUS.size());
    private final List<Future<?>> working = new ArrayList<>();

    private CrashPush(PlatformEndpoints endpoints, String prefix) {
        this.endpoints = endpoints;
        this.prefix = prefix;
    }

    static CrashPush begin(PlatformEndpoints endpoints, String prefix) {
        CrashPush push = new CrashPush(endpoints, prefix);
        for (String province : BUREAUS) {
            CrashRows rows = CrashRows.of(prefix, province);
            BlockingQueue<CrashRows.CrashRowFile> in = new LinkedBlockingQueue<>();
            push.working.add(push.clients.submit(() -> push.sendFiles(rows.parts(), in)));
            push.working.add(
                    push.clients.submit(() -> push.sendSingles(rows.parts().size(), in)));
        }
        return push;
    }

    AcknowledgedRecords records() {
        return records;
    }

    /** Returns the number of acknowledged rows and single calls. */
    int countAcknowledged() {
        return acknowledged.get();
    }

    void awaitAcknowledged(int rows) {
        await().atMost(TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(1, MILLISECONDS)
                .failFast(this::requireNoSenderFailed)
                .until(() -> acknowledged.get() >= rows);
    }

    void awaitEnd() {
        await().atMost(TIMEOUT)
                .failFast(this::requireNoSenderFailed)
                .until(() -> working.stream().allMatch(Future::isDone));
        requireNoSenderFailed();
    }

    private void requireNoSenderFailed() {
        assertThat(working).allSatisfy(client -> assertThat(client.state()).isNotEqualTo(Future.State.FAILED));
    }

    /**
     * Sends the last files of the push.
     *
     * @return their receipts, which cover all earlier writes
     */
    List<String> sendLast() {
        return sendLast(endpoints, prefix, records);
    }

    /** Sends files that reach every partition, and notes their rows. @return their receipts */
    static List<String> sendLast(PlatformEndpoints endpoints, String prefix, AcknowledgedRecords records) {
        List<String> receipts = new ArrayList<>();
        try (RetryingClient client = new RetryingClient(endpoints)) {
            for (CrashRows.CrashRowFile part : CrashRows.lastParts(prefix, BUREAUS.getFirst())) {
                receipts.add(send(client, part, records).receipt().orElseThrow());
            }
        }
        return receipts;
    }

    private Void sendFiles(List<CrashRows.CrashRowFile> parts, BlockingQueue<CrashRows.CrashRowFile> in) {
        try (RetryingClient client = new RetryingClient(endpoints)) {
            for (CrashRows.CrashRowFile part : parts) {
                send(client, part, records);
                acknowledged.addAndGet(part.file().size());
                in.add(part);
            }
        }
        return null;
    }

    /** Sends a file under a key, so that a late copy of the request does not overwrite what came after it. */
    private static ApiResponse send(RetryingClient client, CrashRows.CrashRowFile part, AcknowledgedRecords records) {
        String province = part.file().getFirst().province();
        BulkFile file = BulkFile.ndjson(part.file());
        String key = UUID.randomUUID().toString();
        ApiResponse answer =
                client.sendUntilAcknowledged(api -> api.sendBatch(province, part.type(), file, "Idempotency-Key", key));
        JsonNode counts = answer.parseJson().path("counts");
        assertThat(counts.path("rows").asInt())
                .as("%s", counts)
                .isEqualTo(part.file().size());
        assertThat(counts.path("refused").asInt()).as("%s", answer.parseJson()).isZero();
        part.file().forEach(records::noteCreated);
        return answer;
    }

    private Void sendSingles(int parts, BlockingQueue<CrashRows.CrashRowFile> in) throws InterruptedException {
        try (RetryingClient client = new RetryingClient(endpoints)) {
            for (int i = 0; i < parts; i++) {
                for (RecordStory.StoryStep step : in.take().singles()) {
                    records.sendStep(client, step);
                    acknowledged.incrementAndGet();
                }
            }
        }
        return null;
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
