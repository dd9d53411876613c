package org.voyage.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.voyage.local.Platform;

/**
 * Measurement of the latency from an acknowledged write to a receiver, in turn with a plain consumer that posts each
 * message, then during a back-fill.
 */
class FeedLatencyBench {

    private static final int ROUND_COUNT = 3;
    private static final int ROUND_SECONDS = 15;
    private static final int FIRST_WRITES = 20;
    private static final double MAX_P50_RATIO = 5;
    private static final double MAX_P99_RATIO = 3;
    private static final double MAX_BACKFILL_RATIO = 2;
    private static final String TOPIC = "overseas.overseas-school";
    private static final Pattern NAME = Pattern.compile("LATENCY (\\d+) (\\d+)\"");

    private final Platform platform;
    private final FeedsApi feeds;
    private final WebhookSink sink;
    private final SchoolWriter writer;
    private final int writesPerSecond;
    private final int writeCount;
    private final AtomicInteger numbers = new AtomicInteger();
    private int series;

    /** Writer of one school, which returns after the acknowledgement. */
    interface SchoolWriter {
        void write(int number, String name) throws IOException, InterruptedException;
    }

    private record LatencyPair(LatencySample ours, LatencySample compared) {}

    FeedLatencyBench(Platform platform, FeedsApi feeds, WebhookSink sink, SchoolWriter writer, int writesPerSecond) {
        this.platform = platform;
        this.feeds = feeds;
        this.sink = sink;
        this.writer = writer;
        this.writesPerSecond = writesPerSecond;
        this.writeCount = writesPerSecond * ROUND_SECONDS;
    }

    void runMeasurement(String feed) throws Exception {
        List<LatencyPair> rounds = new ArrayList<>();
        for (int round = 0; round <= ROUND_COUNT; round++) {
            List<String> endpoint = enableEndpoint(feed);
            LatencySample ours = measureWrites();
            feeds.deleteEndpoints(endpoint);
            AtomicBoolean stops = new AtomicBoolean();
            Thread consumer = startPlainConsumer(stops);
            LatencySample plain = measureWrites();
            stops.set(true);
            consumer.join();
            // The first warms both up.
            if (round > 0) {
                rounds.add(new LatencyPair(ours, plain));
                System.out.printf(
                        Locale.ROOT,
                        "round %d: acknowledged to the receiver: %s; plain consumer that posts: %s%n",
                        round,
                        ours.toText(),
                        plain.toText());
            }
        }
        printMedian(rounds, "p50", 50, "the plain consumer", MAX_P50_RATIO);
        printMedian(rounds, "p99", 99, "the plain consumer", MAX_P99_RATIO);
    }

    /**
     * Measures a feed of written schools alone, then while it is widened to another country.
     *
     * @param country country of the written schools
     * @param added country whose schools are in no such feed yet
     */
    void compareWithBackfill(String country, String added) throws Exception {
        List<LatencyPair> rounds = new ArrayList<>();
        for (int round = 1; round <= ROUND_COUNT; round++) {
            String feed = feeds.createFeed(country, "now");
            List<String> endpoint = enableEndpoint(feed);
            LatencySample alone = measureWrites();
            long before = feeds.countEvents(feed);
            feeds.widenFeed(feed, country, added);
            LatencySample during = measureWrites();
            rounds.add(new LatencyPair(during, alone));
            System.out.printf(
                    Locale.ROOT,
                    "round %d: during a back-fill, which added %,d events meanwhile: %s; alone: %s%n",
                    round,
                    feeds.countEvents(feed) - before - writeCount - FIRST_WRITES,
                    during.toText(),
                    alone.toText());
            feeds.deleteEndpoints(endpoint);
            feeds.deleteFeed(feed);
        }
        printMedian(rounds, "p50 during a back-fill", 50, "alone", MAX_BACKFILL_RATIO);
        printMedian(rounds, "p99 during a back-fill", 99, "alone", MAX_BACKFILL_RATIO);
    }

    private List<String> enableEndpoint(String feed) throws IOException, InterruptedException {
        List<String> endpoint = feeds.createEndpoints(feed, List.of(sink.urlOf("latency/" + series)));
        feeds.enableEndpoints(endpoint);
        return endpoint;
    }

    private void printMedian(List<LatencyPair> rounds, String name, double percent, String compared, double aim) {
        System.out.printf(
                Locale.ROOT,
                "medians, %d writes/s: %s %.1f ms, %.1f x %s (aim: within %.0f x)%n",
                writesPerSecond,
                name,
                RoundComparison.medianOf(rounds.stream()
                        .map(each -> each.ours().percentileMs(percent))
                        .toList()),
                RoundComparison.medianOf(rounds.stream()
                        .map(each -> each.ours().percentileMs(percent)
                                / each.compared().percentileMs(percent))
                        .toList()),
                compared,
                aim);
    }

    /** Writes at the fixed rate, and waits until each write has reached the receiver. */
    private LatencySample measureWrites() throws InterruptedException, ExecutionException {
        // The receiver is connected when it has these; else the first second would be that of its start.
        writeSeries(FIRST_WRITES);
        return writeSeries(writeCount);
    }

    private LatencySample writeSeries(int writeCount) throws InterruptedException, ExecutionException {
        int current = series++;
        AtomicLongArray acknowledged = new AtomicLongArray(writeCount);
        AtomicLongArray seen = new AtomicLongArray(writeCount);
        sink.observe((_, body) -> noteArrival(body, current, seen));
        sink.expectEvents(Long.MAX_VALUE, false);
        List<Future<?>> writes = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < writeCount; i++) {
                FixedRatePacer.awaitTurn(start, i, writesPerSecond);
                int place = i;
                writes.add(writers.submit(() -> {
                    writer.write(numbers.incrementAndGet(), "LATENCY " + current + " " + place);
                    acknowledged.set(place, System.nanoTime());
                    return place;
                }));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        }
        awaitArrivals(seen, writeCount);
        sink.observe(null);
        LatencySample sample = new LatencySample();
        for (int i = 0; i < writeCount; i++) {
            // An event may be there before its acknowledgement is.
            sample.addLatency(Math.max(1, seen.get(i) - acknowledged.get(i)));
        }
        return sample;
    }

    private static void noteArrival(Buffer body, int series, AtomicLongArray seen) {
        Matcher name = NAME.matcher(body.toString());
        if (name.find() && Integer.parseInt(name.group(1)) == series) {
            seen.compareAndSet(Integer.parseInt(name.group(2)), 0, System.nanoTime());
        }
    }

    private static void awaitArrivals(AtomicLongArray seen, int writeCount) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (IntStream.range(0, writeCount).anyMatch(i -> seen.get(i) == 0)) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("writes did not reach the receiver");
            }
            Thread.sleep(20);
        }
    }

    private Thread startPlainConsumer(AtomicBoolean stops) throws InterruptedException {
        KafkaConsumer<String, byte[]> consumer = new BenchKafka(platform).openConsumer();
        consumer.assign(IntStream.range(0, BenchKafka.PARTITION_COUNT)
                .mapToObj(partition -> new TopicPartition(TOPIC, partition))
                .toList());
        consumer.seekToEnd(consumer.assignment());
        consumer.assignment().forEach(consumer::position);
        URI target = URI.create(sink.urlOf("consumer"));
        return Thread.ofPlatform().daemon().name("plain-consumer").start(() -> {
            try (consumer;
                    HttpClient http = HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()) {
                while (!stops.get()) {
                    for (var message : consumer.poll(Duration.ofMillis(100))) {
                        http.send(
                                HttpRequest.newBuilder(target)
                                        .POST(HttpRequest.BodyPublishers.ofByteArray(message.value()))
                                        .build(),
                                HttpResponse.BodyHandlers.discarding());
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
