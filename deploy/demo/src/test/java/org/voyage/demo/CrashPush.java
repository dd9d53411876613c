package org.voyage.demo;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * 20,000 rows in files, sent by two bureaus at the same time, while each also corrects, withdraws and sends again
 * single rows of the files that are in. No record has two writers at once, so its end is known.
 */
final class CrashPush implements AutoCloseable {

    static final int ROWS = 2 * CrashRows.FILES * CrashRows.ROWS_PER_FILE;

    private static final List<String> BUREAUS = List.of("12", "44");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What the sender was told last: this state, at this version. */
    record Told(int version, Entry entry, boolean withdrawn) {}

    private final Endpoints endpoints;
    private final String prefix;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final ExecutorService clients = Executors.newFixedThreadPool(2 * BUREAUS.size());
    private final List<Future<?>> working = new ArrayList<>();

    private CrashPush(Endpoints endpoints, String prefix) {
        this.endpoints = endpoints;
        this.prefix = prefix;
    }

    static CrashPush begin(Endpoints endpoints, String prefix) {
        CrashPush push = new CrashPush(endpoints, prefix);
        for (String province : BUREAUS) {
            CrashRows rows = CrashRows.of(prefix, province);
            BlockingQueue<CrashRows.Part> in = new LinkedBlockingQueue<>();
            push.working.add(push.clients.submit(() -> push.sendFiles(rows.parts(), in)));
            push.working.add(
                    push.clients.submit(() -> push.sendSingles(rows.parts().size(), in)));
        }
        return push;
    }

    /** What the senders were told of each record, by {@link CrashTables#key}. */
    Map<String, Told> told() {
        return told;
    }

    /** Rows of files and single calls that were acknowledged. */
    int acknowledged() {
        return acknowledged.get();
    }

    void awaitAcknowledged(int rows) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(1, MILLISECONDS)
                .failFast(this::requireNobodyGaveUp)
                .until(() -> acknowledged.get() >= rows);
    }

    void awaitEnd() {
        await().atMost(PATIENCE)
                .failFast(this::requireNobodyGaveUp)
                .until(() -> working.stream().allMatch(Future::isDone));
        requireNobodyGaveUp();
    }

    private void requireNobodyGaveUp() {
        assertThat(working).allSatisfy(client -> assertThat(client.state()).isNotEqualTo(Future.State.FAILED));
    }

    /** Sends the last files of the push. @return their receipts, which cover everything sent before */
    List<String> sendLast() {
        List<String> receipts = new ArrayList<>();
        try (StubbornClient client = new StubbornClient(endpoints)) {
            for (CrashRows.Part part : CrashRows.last(prefix, BUREAUS.getFirst())) {
                receipts.add(send(client, part).receipt().orElseThrow());
            }
        }
        return receipts;
    }

    private Void sendFiles(List<CrashRows.Part> parts, BlockingQueue<CrashRows.Part> in) {
        try (StubbornClient client = new StubbornClient(endpoints)) {
            for (CrashRows.Part part : parts) {
                send(client, part);
                in.add(part);
            }
        }
        return null;
    }

    private Answer send(StubbornClient client, CrashRows.Part part) {
        String province = part.file().getFirst().province();
        BulkFile file = BulkFile.ndjson(part.file());
        Answer answer = client.send(api -> api.batch(province, part.type(), file));
        JsonNode counts = answer.json().path("counts");
        assertThat(counts.path("rows").asInt())
                .as("%s", counts)
                .isEqualTo(part.file().size());
        assertThat(counts.path("refused").asInt()).as("%s", answer.json()).isZero();
        part.file().forEach(entry -> told.put(CrashTables.key(entry), new Told(1, entry, false)));
        acknowledged.addAndGet(part.file().size());
        return answer;
    }

    private Void sendSingles(int parts, BlockingQueue<CrashRows.Part> in) throws InterruptedException {
        try (StubbornClient client = new StubbornClient(endpoints)) {
            for (int i = 0; i < parts; i++) {
                for (Story.Step step : in.take().singles()) {
                    send(client, step);
                }
            }
        }
        return null;
    }

    private void send(StubbornClient client, Story.Step step) {
        Answer answer = client.send(api -> switch (step) {
            case Story.Send send -> api.put(send.entry());
            case Story.Withdraw withdraw -> api.withdraw(withdraw.entry(), withdraw.reason());
        });
        int version = Integer.parseInt(
                answer.headers().firstValue("ETag").orElseThrow().replace("\"", ""));
        Told before = told.put(
                CrashTables.key(step.entry()), new Told(version, step.entry(), step instanceof Story.Withdraw));
        assertThat(before).isNotNull();
        assertThat(version).as("%s", answer.request()).isEqualTo(before.version() + 1);
        acknowledged.incrementAndGet();
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
