package org.voyage.bench;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.voyage.local.Platform;

/**
 * Measurement of feeds: webhooks of 1, 10 and 100 endpoints next to a plain client that posts the same bodies, a dead and a
 * slow endpoint among 100, readers of a stream next to a bare writer of the same bytes, the latency from an
 * acknowledged write to a receiver next to a plain consumer that posts, also during a back-fill, and a start behind the log.
 */
class FeedsBench {

    private static final int ROUND_COUNT = 3;
    private static final int[] ENDPOINT_COUNTS = {1, 10, 100};
    private static final String[] COUNTRIES = {"THA", "LAO", "KHM"};
    private static final String LATENCY_COUNTRY = "VNM";
    private static final int UPLOADS_PER_BACKFILL = 5;
    private static final int UPLOADS_PER_BACKLOG = 50;
    private static final int CONNECTIONS_PER_ENDPOINT = 16;
    private static final int MAX_CONNECTIONS = 256;
    private static final int WRITERS = 32;
    private static final int MAX_WRITES_PER_SECOND = 200;
    /** A small measurement writes as much less in a second. */
    private static final int EVENTS_PER_WRITE_RATE = 100;

    private static final int STREAM_READERS = 1_000;
    private static final double MIN_RATIO = 0.5;

    private final Platform platform;
    private final IntakeBench intake;
    private final String collection;
    private final String bureauToken;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    FeedsBench(Platform platform, Path folder) throws IOException, InterruptedException {
        this.platform = platform;
        this.intake = new IntakeBench(BulkRecordType.SCHOOLS, platform, folder);
        this.collection = platform.urlOf("overseas") + "/v1/overseas-schools/12/";
        this.bureauToken = BenchTokens.requestToken(platform, "bureau-12");
    }

    /** @param events that one endpoint gets; 10 endpoints get a tenth each, 100 a hundredth */
    void runMeasurement(int events) throws Exception {
        try (FeedsApi feeds = new FeedsApi(platform);
                WebhookSink sink = new WebhookSink();
                PlainPoster poster = new PlainPoster()) {
            feeds.admitAlliance();
            List<String> feedIds = new ArrayList<>();
            for (int i = 0; i < COUNTRIES.length; i++) {
                int schools = Math.max(1, events / ENDPOINT_COUNTS[i]);
                writeSchools(COUNTRIES[i], schools);
                feedIds.add(feeds.createFeed(COUNTRIES[i], "snapshot"));
                feeds.awaitEvents(feedIds.getLast(), schools);
            }
            for (int i = 0; i < COUNTRIES.length; i++) {
                compareWebhooks(
                        feeds,
                        sink,
                        poster,
                        feedIds.get(i),
                        ENDPOINT_COUNTS[i],
                        Math.max(1, events / ENDPOINT_COUNTS[i]));
            }
            int few = Math.max(1, events / ENDPOINT_COUNTS[2]);
            compareWithBadEndpoints(feeds, sink, feedIds.getLast(), few);
            compareStreams(feeds, feedIds.getLast(), few);
            FeedLatencyBench latency = new FeedLatencyBench(
                    platform,
                    feeds,
                    sink,
                    (number, name) -> writeSchool(LATENCY_COUNTRY, number, name),
                    Math.clamp(events / EVENTS_PER_WRITE_RATE, 1, MAX_WRITES_PER_SECOND));
            String written = feeds.createFeed(LATENCY_COUNTRY, "now");
            latency.runMeasurement(written);
            feeds.deleteFeed(written);
            int added = UPLOADS_PER_BACKFILL * events;
            intake.measureUpload("15", added);
            String first = feedIds.getFirst();
            feeds.awaitEvents(first, events + added);
            latency.compareWithBackfill(LATENCY_COUNTRY, COUNTRIES[0]);
            measureBacklog(feeds, first, UPLOADS_PER_BACKLOG * events);
        } finally {
            http.close();
        }
    }

    private void compareWebhooks(
            FeedsApi feeds, WebhookSink sink, PlainPoster poster, String feed, int endpoints, int events)
            throws Exception {
        RoundComparison rounds = new RoundComparison(
                endpoints + (endpoints == 1 ? " webhook" : " webhooks"), "plain client", "events/s", MIN_RATIO);
        List<Buffer> bodies = List.of();
        for (int round = 0; round <= ROUND_COUNT; round++) {
            double ours = measureWebhooks(feeds, sink, feed, pathsOf("r" + round, endpoints), endpoints, events);
            if (bodies.isEmpty()) {
                bodies = sink.takeBodies().stream().distinct().limit(events).toList();
            }
            long total = (long) endpoints * bodies.size();
            sink.expectEvents(total, false);
            poster.postAll(
                    bodies,
                    endpoints,
                    Math.min(MAX_CONNECTIONS, CONNECTIONS_PER_ENDPOINT * endpoints),
                    sink.urlOf("plain"));
            double plain = sink.awaitRate(total);
            // The first warms both up.
            if (round > 0) {
                rounds.addRound(ours, plain);
            }
        }
        rounds.printRounds();
    }

    /**
     * Lets new endpoints catch up with a feed.
     *
     * @param counted endpoints whose events are counted
     */
    private static double measureWebhooks(
            FeedsApi feeds, WebhookSink sink, String feed, List<String> paths, int counted, int events)
            throws IOException, InterruptedException {
        List<String> endpoints =
                feeds.createEndpoints(feed, paths.stream().map(sink::urlOf).toList());
        long total = (long) counted * events;
        sink.expectEvents(total, true);
        feeds.enableEndpoints(endpoints);
        double rate = sink.awaitRate(total);
        feeds.deleteEndpoints(endpoints);
        return rate;
    }

    /** One dead and one slow endpoint of 100: what the other 98 get, next to 98 alone. */
    private static void compareWithBadEndpoints(FeedsApi feeds, WebhookSink sink, String feed, int events)
            throws IOException, InterruptedException {
        RoundComparison rounds =
                new RoundComparison("98 webhooks next to a dead and a slow one", "98 alone", "events/s", 0.95);
        for (int round = 0; round < ROUND_COUNT; round++) {
            List<String> paths = new ArrayList<>(List.of("dead/" + round, "slow/" + round));
            paths.addAll(pathsOf("bad" + round, 98));
            double next = measureWebhooks(feeds, sink, feed, paths, 98, events);
            rounds.addRound(next, measureWebhooks(feeds, sink, feed, pathsOf("good" + round, 98), 98, events));
            sink.takeBodies();
        }
        rounds.printRounds();
    }

    private static void compareStreams(FeedsApi feeds, String feed, int events) throws InterruptedException {
        RoundComparison rounds =
                new RoundComparison(STREAM_READERS + " stream readers", "bare writer", "events/s", MIN_RATIO);
        String stream = feeds.url() + "/v1/feeds/" + feed + "/stream";
        try (SseReaders readers = new SseReaders(STREAM_READERS)) {
            String bare = readers.startBareWriter(readers.captureBytes(stream, feeds.allianceToken(), events));
            for (int round = 0; round <= ROUND_COUNT; round++) {
                double ours = readers.readEvents(stream, feeds.allianceToken(), STREAM_READERS, events);
                double plain = readers.readEvents(bare, "none", STREAM_READERS, events);
                if (round > 0) {
                    rounds.addRound(ours, plain);
                }
            }
        }
        rounds.printRounds();
    }

    /** Starts the service behind a log that grew while the service was frozen. */
    private void measureBacklog(FeedsApi feeds, String feed, int events) throws IOException, InterruptedException {
        long before = feeds.countEvents(feed);
        long pid = platform.pidOf("feeds");
        new ProcessBuilder("kill", "-STOP", Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
        intake.measureUpload("21", events);
        long start = System.nanoTime();
        platform.killPart("feeds");
        platform.awaitReady("feeds");
        feeds.readFirstEvent(feed);
        double ready = (System.nanoTime() - start) / 1e9;
        feeds.awaitEvents(feed, before + events);
        double whole = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d events behind after kill -9: ready in %.1f s (aim: 10 s), all numbered in %.0f s, %,.0f events/s%n",
                events,
                ready,
                whole,
                events / whole);
    }

    private static List<String> pathsOf(String round, int endpoints) {
        return IntStream.range(0, endpoints)
                .mapToObj(i -> "hook/" + round + "/" + i)
                .toList();
    }

    private void writeSchools(String country, int schools) throws InterruptedException, ExecutionException {
        Semaphore places = new Semaphore(WRITERS);
        List<Future<?>> writes = new ArrayList<>();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < schools; i++) {
                int number = i;
                writes.add(writers.submit(() -> {
                    places.acquire();
                    try {
                        writeSchool(country, number, country + " " + number);
                    } finally {
                        places.release();
                    }
                    return number;
                }));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        }
        System.out.printf(Locale.ROOT, "%,d schools in %s%n", schools, country);
    }

    void writeSchool(String country, int number, String name) throws IOException, InterruptedException {
        String body = """
            {"name":"%s","brand":"other","tier":"workshop","form":"branch","hostCountry":"%s",\
            "foundingColleges":["4112000001"],"majors":["460301"],"status":"open","openedOn":"2020-02-29"}\
            """.formatted(name, country);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(collection + country + "-" + number))
                        .header("Authorization", "Bearer " + bureauToken)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }
}
