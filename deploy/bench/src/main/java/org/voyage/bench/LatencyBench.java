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
 * Measurement of the latency from a write's acknowledgement to its figure on an open stream, at a fixed rate of single
 * PUTs from all provinces. The baseline is a plain producer and consumer of the same Kafka at the same rate, in turn.
 * Writes are acknowledged in two ways, in turn too: when they are stored, and, at the client's wish, when their events
 * are on Kafka.
 */
class LatencyBench {

    private static final int ROUND_COUNT = 3;
    private static final int WARM_UP_ROUNDS = 2;
    private static final int ROUND_SECONDS = 20;
    private static final int TIMEOUT_MS = 30_000;
    private static final double MAX_LATENCY_RATIO = 3;
    private static final double MAX_P99_MS = 250;

    private final Platform platform;
    private final List<LatencyRound> rounds = new ArrayList<>();

    LatencyBench(Platform platform) {
        this.platform = platform;
    }

    void runMeasurement(int perSecond) throws Exception {
        PlainKafkaBench bare = new PlainKafkaBench(new BenchKafka(platform));
        bare.createTopic();
        try (HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                IndicatorsService indicators = new IndicatorsService(platform)) {
            List<BureauSender> bureaus = new ArrayList<>();
            for (String province : EnrolmentLog.PROVINCES) {
                bureaus.add(new BureauSender(platform, province, http));
            }
            try (FigureStream stream = FigureStream.openStream(
                    http,
                    indicators,
                    "inbound-students",
                    (province, students) -> bureaus.get(EnrolmentLog.PROVINCES.indexOf(province))
                            .recordSeen(students))) {
                for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                    writeStudents(bureaus, perSecond, false);
                    writeStudents(bureaus, perSecond, true);
                }
                for (int round = 0; round < ROUND_COUNT; round++) {
                    runRound(bare, bureaus, perSecond);
                }
                printResults();
            }
        }
    }

    private void runRound(PlainKafkaBench bare, List<BureauSender> bureaus, int perSecond) throws InterruptedException {
        LatencySample bareAcknowledged = new LatencySample();
        LatencySample bareSent = new LatencySample();
        bare.measureLatency(perSecond, ROUND_SECONDS, bareAcknowledged, bareSent);
        System.out.printf(
                Locale.ROOT,
                "round %d: bare Kafka, acknowledged to consumed: %s; sent to consumed: %s%n",
                rounds.size() + 1,
                bareAcknowledged.toText(),
                bareSent.toText());
        LatencySample stored = measureWrites(bureaus, perSecond, false);
        LatencySample published = measureWrites(bureaus, perSecond, true);
        rounds.add(new LatencyRound(stored, published, bareAcknowledged));
    }

    /**
     * Measures the latency of writes.
     *
     * @return from the acknowledgement to the stream
     */
    private static LatencySample measureWrites(List<BureauSender> bureaus, int perSecond, boolean published)
            throws InterruptedException {
        long since = System.nanoTime();
        double rate = writeStudents(bureaus, perSecond, published);
        LatencySample acknowledged = new LatencySample();
        LatencySample sent = new LatencySample();
        bureaus.forEach(bureau -> bureau.collectLatencies(since, acknowledged, sent));
        System.out.printf(
                Locale.ROOT,
                "         %,d writes, %.0f/s, acknowledged when %s: to the stream: %s; sent to stream: %s%n",
                acknowledged.size(),
                rate,
                published ? "published" : "stored",
                acknowledged.toText(),
                sent.toText());
        return acknowledged;
    }

    private record LatencyRound(LatencySample stored, LatencySample published, LatencySample bare) {}

    private void printResults() {
        printResults("stored", LatencyRound::stored);
        printResults("published", LatencyRound::published);
    }

    private void printResults(String when, Function<LatencyRound, LatencySample> ours) {
        System.out.printf(
                Locale.ROOT,
                "medians, acknowledged when %s: to the stream p50 %.2f ms, %.1f x bare Kafka (aim: within %.0f x), p99"
                        + " %.1f ms (aim: below %.0f ms)%n",
                when,
                medianOf(round -> ours.apply(round).percentileMs(50)),
                medianOf(round ->
                        ours.apply(round).percentileMs(50) / round.bare().percentileMs(50)),
                MAX_LATENCY_RATIO,
                medianOf(round -> ours.apply(round).percentileMs(99)),
                MAX_P99_MS);
    }

    private double medianOf(ToDoubleFunction<LatencyRound> of) {
        return RoundComparison.medianOf(rounds.stream().mapToDouble(of).boxed().toList());
    }

    /** Sends the students and waits until the stream shows all; returns the acknowledged writes/s. */
    private static double writeStudents(List<BureauSender> bureaus, int perSecond, boolean published)
            throws InterruptedException {
        double each = (double) perSecond / bureaus.size();
        int writes = (int) (each * ROUND_SECONDS);
        long start = System.nanoTime();
        try (ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = bureaus.stream()
                    .<Future<?>>map(bureau -> clerks.submit(() -> {
                        runBureau(bureau, start, writes, each, published);
                        return bureau;
                    }))
                    .toList();
            for (Future<?> clerk : working) {
                awaitBureau(clerk);
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        for (BureauSender bureau : bureaus) {
            bureau.awaitSeen(TIMEOUT_MS);
        }
        return writes * bureaus.size() / seconds;
    }

    /** Runs one bureau; provinces start in turn, so that writes are spread evenly. */
    private static void runBureau(BureauSender bureau, long start, int writes, double perSecond, boolean published)
            throws IOException, InterruptedException {
        long offset = (long) (1e9 / perSecond * bureau.startFraction());
        for (int i = 0; i < writes; i++) {
            FixedRatePacer.awaitTurn(start + offset, i, perSecond);
            bureau.sendStudent(published);
        }
    }

    private static void awaitBureau(Future<?> clerk) throws InterruptedException {
        try {
            clerk.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
