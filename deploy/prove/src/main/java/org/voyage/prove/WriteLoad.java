package org.voyage.prove;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.voyage.prove.RunHistory.AcknowledgedWrite;

/**
 * Load of a bureau's programs: each writer creates, corrects, withdraws and restores records of its own, one write at a time,
 * and repeats a write until a door acknowledges it. A probe asks how soon figures have the acknowledged writes.
 */
final class WriteLoad implements AutoCloseable {

    static final String CLIENT = "proof-bureau";
    private static final int KEYS_PER_WRITER = 60;
    /** 401: an old token while Keycloak is away; 409: an earlier attempt is still at work. */
    private static final Set<Integer> REPEATED_STATUSES = Set.of(401, 409, 412, 429, 502, 503, 504);

    private static final long RETRY_MILLIS = 100;
    /** After this time a write counts as never acknowledged. */
    private static final long LONGEST_WRITE_MILLIS = 600_000;

    /** Last acknowledged state of a record. */
    private record RecordState(long version, boolean isWithdrawn) {}

    /** Receipt of an acknowledged write, with its moment. */
    private record WriteReceipt(String text, String figure, long acknowledged) {}

    /** Time in which figures got a write. */
    private record FigureDelay(long acknowledged, long counted) {}

    private final LabClient client;
    private final String prefix;
    private final long seed;
    private final long pauseMillis;
    private final long begin = System.nanoTime();
    private final WriteJournal journal;
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final List<FigureDelay> delays = new ArrayList<>();
    private final Map<String, String> newestReceipts = new ConcurrentHashMap<>();
    /** When the last acknowledged write of each writer began. */
    private final AtomicLongArray lastBegun;

    private final ExecutorService threads;
    private final List<Future<?>> working = new ArrayList<>();
    private volatile boolean isOver;
    private volatile @Nullable WriteReceipt newest;

    private WriteLoad(LabClient client, Path folder, long seed, int writers, long pauseMillis) throws IOException {
        this.client = client;
        this.seed = seed;
        this.pauseMillis = pauseMillis;
        this.prefix = "PROOF-" + Long.toString(System.currentTimeMillis(), 36).toUpperCase();
        this.journal = new WriteJournal(folder);
        this.threads = Executors.newFixedThreadPool(writers + 1);
        this.lastBegun = new AtomicLongArray(writers);
    }

    /**
     * Begins to write.
     *
     * @param folder of the journal
     * @param pauseMillis of each writer between two writes
     * @throws IOException when the journal cannot be made
     */
    static WriteLoad begin(LabClient client, Path folder, long seed, int writers, long pauseMillis) throws IOException {
        WriteLoad load = new WriteLoad(client, folder, seed, writers, pauseMillis);
        for (int i = 0; i < writers; i++) {
            int writer = i;
            load.working.add(load.threads.submit(() -> load.writeRecords(writer)));
        }
        load.working.add(load.threads.submit(load::probeFigures));
        return load;
    }

    /** Returns the prefix of all keys. */
    String prefix() {
        return prefix;
    }

    WriteJournal journal() {
        return journal;
    }

    /** Returns the milliseconds since the run began. */
    long now() {
        return (System.nanoTime() - begin) / 1_000_000;
    }

    /** Returns answers that no client should see, such as 500. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Returns the receipt of the last acknowledged write by figure. */
    Map<String, String> newestReceipts() {
        return Map.copyOf(newestReceipts);
    }

    /**
     * Waits until each writer has an acknowledged write that began from now on, and figures have one.
     *
     * @throws IllegalStateException when it takes longer
     */
    void awaitProgress(long longestMillis) throws InterruptedException {
        long since = now();
        while (findDelays(since).isEmpty() || findSlowestWriter() < since) {
            requireRunning();
            if (now() - since > longestMillis) {
                throw new IllegalStateException(
                        "A writer or the figures made no progress for " + longestMillis / 1000 + " s");
            }
            Thread.sleep(50);
        }
    }

    /** Returns the longest time, in milliseconds, in which figures got a write since a moment. */
    long findLongestDelaySince(long moment) {
        synchronized (delays) {
            return delays.stream()
                    .filter(delay -> delay.counted() >= moment)
                    .mapToLong(delay -> delay.counted() - Math.max(moment, delay.acknowledged()))
                    .max()
                    .orElse(0);
        }
    }

    private long findSlowestWriter() {
        return IntStream.range(0, lastBegun.length())
                .mapToLong(lastBegun::get)
                .min()
                .orElse(0);
    }

    private List<FigureDelay> findDelays(long acknowledgedSince) {
        synchronized (delays) {
            return delays.stream()
                    .filter(delay -> delay.acknowledged() >= acknowledgedSince)
                    .toList();
        }
    }

    private void requireRunning() throws InterruptedException {
        for (Future<?> each : working) {
            if (each.isDone() && !isOver) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    throw new IllegalStateException("A writer has ended", e);
                }
            }
        }
    }

    /** Ends the load: each writer finishes its write. @throws IllegalStateException when one has failed */
    void finish() throws InterruptedException {
        isOver = true;
        for (Future<?> each : working) {
            try {
                each.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A writer has failed", e);
            }
        }
    }

    private Void writeRecords(int writer) throws IOException, InterruptedException {
        Random random = new Random(seed * 1000 + writer);
        Map<String, RecordState> states = new HashMap<>();
        Set<String> abandoned = new HashSet<>();
        long number = 0;
        while (!isOver) {
            RecordKind kind =
                    RecordKind.all().get(random.nextInt(RecordKind.all().size()));
            String key = prefix + "-" + writer + "-" + random.nextInt(KEYS_PER_WRITER);
            String name = kind + key;
            RecordState before = states.getOrDefault(name, new RecordState(0, true));
            boolean withdraws = !before.isWithdrawn() && random.nextInt(5) == 0;
            if (abandoned.contains(name)) {
                continue;
            }
            Optional<AcknowledgedWrite> done = writeRecord(kind, key, before, withdraws ? 0 : ++number, writer);
            if (done.isPresent()) {
                journal.append(done.get());
                states.put(name, new RecordState(done.get().version(), withdraws));
                lastBegun.set(writer, done.get().begun());
            } else {
                abandoned.add(name);
            }
            Thread.sleep(pauseMillis);
        }
        return null;
    }

    /** Repeats a write at one door after another until it is acknowledged; empty when the record has another version. */
    private Optional<AcknowledgedWrite> writeRecord(
            RecordKind kind, String key, RecordState before, long number, int writer) throws InterruptedException {
        String[] condition = before.isWithdrawn()
                ? new String[] {"If-None-Match", "*"}
                : new String[] {"If-Match", "\"" + before.version() + "\""};
        String path = kind.pathOf(key) + (number == 0 ? "?reason=%E7%99%BB%E8%AE%B0%E6%9C%89%E8%AF%AF" : "");
        long begun = now();
        for (int attempt = 1; now() - begun < LONGEST_WRITE_MILLIS; attempt++) {
            String door = ServerLab.SERVERS.get((writer + attempt) % ServerLab.SERVERS.size());
            try {
                HttpResponse<String> answer = client.send(
                        door,
                        CLIENT,
                        number == 0 ? "DELETE" : "PUT",
                        path,
                        number == 0 ? null : kind.toBody(key, number),
                        condition);
                long version = readVersion(answer);
                if (answer.statusCode() == 412) {
                    // An earlier attempt whose answer was lost may have done it.
                    HttpResponse<String> stored = client.send(door, CLIENT, "GET", kind.pathOf(key), null);
                    version = readVersion(stored);
                    if (version == before.version() + 1) {
                        return Optional.of(
                                new AcknowledgedWrite(kind.record, key, version, number, door, begun, now(), attempt));
                    }
                    if (stored.statusCode() == 200) {
                        refusals.add(
                                "%s has version %d, acknowledged was %d".formatted(path, version, before.version()));
                        return Optional.empty();
                    }
                } else if (answer.statusCode() / 100 == 2 && version > 0) {
                    long ended = now();
                    answer.headers().firstValue("Voyage-Receipt").ifPresent(receipt -> {
                        newest = new WriteReceipt(receipt, kind.figure, ended);
                        newestReceipts.put(kind.figure, receipt);
                    });
                    return Optional.of(
                            new AcknowledgedWrite(kind.record, key, version, number, door, begun, ended, attempt));
                }
                noteRefusal(answer);
            } catch (IOException e) {
                // The next door may answer.
            }
            Thread.sleep(RETRY_MILLIS);
        }
        throw new IllegalStateException(path + " was not acknowledged for " + LONGEST_WRITE_MILLIS / 1000 + " s");
    }

    private static long readVersion(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("ETag")
                .map(tag -> Long.parseLong(tag.replaceAll("\\D", "")))
                .orElse(0L);
    }

    /** These ask a client to come again. Another refusal of a right write is a fault of the platform. */
    private void noteRefusal(HttpResponse<String> answer) {
        if (!REPEATED_STATUSES.contains(answer.statusCode())) {
            refusals.add(answer.request().method() + " " + answer.request().uri() + " is " + answer.statusCode() + ": "
                    + answer.body());
        }
    }

    private Void probeFigures() throws InterruptedException {
        WriteReceipt last = null;
        while (!isOver) {
            WriteReceipt next = newest;
            if (next == null || next == last) {
                Thread.sleep(20);
                continue;
            }
            last = next;
            for (int attempt = 0; !hasFigure(next, attempt) && !isOver; attempt++) {
                Thread.sleep(RETRY_MILLIS);
            }
            synchronized (delays) {
                delays.add(new FigureDelay(next.acknowledged(), now()));
            }
        }
        return null;
    }

    private boolean hasFigure(WriteReceipt receipt, int attempt) throws InterruptedException {
        try {
            return client.send(
                                    ServerLab.SERVERS.get(attempt % ServerLab.SERVERS.size()),
                                    CLIENT,
                                    "GET",
                                    RunExport.figurePath(receipt.figure()) + "&receipt=" + receipt.text(),
                                    null)
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        threads.shutdownNow();
        journal.close();
    }
}
