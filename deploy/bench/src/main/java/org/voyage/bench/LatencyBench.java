package org.voyage.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.voyage.local.Platform;

/**
 * From the acknowledgement of a write to its figure on an open stream, at so many single PUTs a second from all provinces,
 * beside messages from a plain producer to a plain consumer of the same Kafka at the same pace, in turn. Writes are acknowledged
 * in two ways, in turn too: when they are stored, and, as a client may prefer, when their events are on Kafka.
 */
class LatencyBench {

    private static final int ROUNDS = 3;
    private static final int WARM_UPS = 2;
    private static final int SECONDS = 20;
    private static final int PATIENCE_MS = 30_000;
    private static final double RATIO_AIM = 3;
    private static final double P99_AIM = 250;

    private final Platform platform;
    private final List<Round> rounds = new ArrayList<>();

    LatencyBench(Platform platform) {
        this.platform = platform;
    }

    void run(int perSecond) throws Exception {
        BareKafka bare = new BareKafka(new Kafka(platform));
        bare.create();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                Indicators indicators = new Indicators(platform)) {
            List<Bureau> bureaus = new ArrayList<>();
            for (String province : EnrolmentLog.PROVINCES) {
                bureaus.add(new Bureau(platform, province, http));
            }
            try (FigureStream stream = FigureStream.open(
                    http,
                    indicators,
                    "inbound-students",
                    (province, students) -> bureaus.get(EnrolmentLog.PROVINCES.indexOf(province))
                            .seen(students))) {
                for (int i = 0; i < WARM_UPS; i++) {
                    write(bureaus, perSecond, false);
                    write(bureaus, perSecond, true);
                }
                for (int round = 0; round < ROUNDS; round++) {
                    round(bare, bureaus, perSecond);
                }
                print();
            }
        }
    }

    private void round(BareKafka bare, List<Bureau> bureaus, int perSecond) throws InterruptedException {
        Latencies bareAcknowledged = new Latencies();
        Latencies bareSent = new Latencies();
        bare.run(perSecond, SECONDS, bareAcknowledged, bareSent);
        System.out.printf(
                Locale.ROOT,
                "round %d: bare Kafka, acknowledged to consumed: %s; sent to consumed: %s%n",
                rounds.size() + 1,
                bareAcknowledged.text(),
                bareSent.text());
        Latencies stored = written(bureaus, perSecond, false);
        Latencies published = written(bureaus, perSecond, true);
        rounds.add(new Round(stored, published, bareAcknowledged));
    }

    /** @return from the acknowledgement to the stream */
    private static Latencies written(List<Bureau> bureaus, int perSecond, boolean published)
            throws InterruptedException {
        long since = System.nanoTime();
        double rate = write(bureaus, perSecond, published);
        Latencies acknowledged = new Latencies();
        Latencies sent = new Latencies();
        bureaus.forEach(bureau -> bureau.tell(since, acknowledged, sent));
        System.out.printf(
                Locale.ROOT,
                "         %,d writes, %.0f/s, acknowledged when %s: to the stream: %s; sent to stream: %s%n",
                acknowledged.size(),
                rate,
                published ? "published" : "stored",
                acknowledged.text(),
                sent.text());
        return acknowledged;
    }

    private record Round(Latencies stored, Latencies published, Latencies bare) {}

    private void print() {
        print("stored", Round::stored);
        print("published", Round::published);
    }

    private void print(String when, Function<Round, Latencies> ours) {
        System.out.printf(
                Locale.ROOT,
                "medians, acknowledged when %s: to the stream p50 %.2f ms, %.1f x bare Kafka (aim: within %.0f x), p99"
                        + " %.1f ms (aim: below %.0f ms)%n",
                when,
                median(round -> ours.apply(round).percentile(50)),
                median(round -> ours.apply(round).percentile(50) / round.bare().percentile(50)),
                RATIO_AIM,
                median(round -> ours.apply(round).percentile(99)),
                P99_AIM);
    }

    private double median(ToDoubleFunction<Round> of) {
        return Rounds.median(rounds.stream().mapToDouble(of).boxed().toList());
    }

    /** Returns when everything is on the stream, with the writes/s that were acknowledged. */
    private static double write(List<Bureau> bureaus, int perSecond, boolean published) throws InterruptedException {
        double each = (double) perSecond / bureaus.size();
        int writes = (int) (each * SECONDS);
        long start = System.nanoTime();
        try (ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = bureaus.stream()
                    .<Future<?>>map(bureau -> clerks.submit(() -> {
                        work(bureau, start, writes, each, published);
                        return bureau;
                    }))
                    .toList();
            for (Future<?> clerk : working) {
                await(clerk);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (Bureau bureau : bureaus) {
            bureau.awaitSeen(PATIENCE_MS);
        }
        return writes * bureaus.size() / seconds;
    }

    /** Provinces begin one after the other, so that writes are spread evenly. */
    private static void work(Bureau bureau, long start, int writes, double perSecond, boolean published)
            throws IOException, InterruptedException {
        long offset = (long) (1e9 / perSecond * bureau.place());
        for (int i = 0; i < writes; i++) {
            Pace.await(start + offset, i, perSecond);
            bureau.send(published);
        }
    }

    private static void await(Future<?> clerk) throws InterruptedException {
        try {
            clerk.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
