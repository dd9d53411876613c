package org.voyage.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Reader of one feed into a copy. One thread reads at a time. */
public final class FeedClient {

    private static final System.Logger LOG = System.getLogger(FeedClient.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();
    static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int PAGE_EVENTS = 1000;
    private static final int MAX_WAITS = 10;
    private static final int UNAUTHORIZED = 401;
    private static final int GONE = 410;
    private static final Set<Integer> FINAL = Set.of(400, UNAUTHORIZED, 403, 404);
    private static final Set<Integer> LATER = Set.of(429, 502, 503, 504);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI platform;
    private final String path;
    private final TokenSource tokens;
    private final FeedCopy copy;
    private final int pageEvents;
    private final Duration timeout;
    private FeedVerifier verifier = new FeedVerifier(JSON.createObjectNode());

    /** All records of a feed at a position, by their names. */
    public record FeedSnapshot(String position, Map<String, JsonNode> records) {}

    /** @param platform address of the platform's feeds */
    public FeedClient(URI platform, String feed, TokenSource tokens, FeedCopy copy) {
        this(platform, feed, tokens, copy, PAGE_EVENTS, TIMEOUT);
    }

    /**
     * @param pageEvents events of one pull, at most 1,000
     * @param timeout longest time of a whole answer, and of a stream without a heartbeat
     */
    public FeedClient(URI platform, String feed, TokenSource tokens, FeedCopy copy, int pageEvents, Duration timeout) {
        this.platform = platform;
        this.path = "/v1/feeds/" + feed;
        this.tokens = tokens;
        this.copy = copy;
        this.pageEvents = pageEvents;
        this.timeout = timeout;
    }

    FeedCopy copy() {
        return copy;
    }

    /** Pulls, verifies and stores until nothing is new. Returns the number of new events. */
    public synchronized int pull() {
        int accepted = 0;
        while (true) {
            Optional<List<JsonNode>> events = readPage();
            if (events.isEmpty()) {
                startAgain();
            } else if (events.get().isEmpty()) {
                return accepted;
            } else {
                accepted += accept(events.get());
            }
        }
    }

    /**
     * Pulls, then follows the stream, and again after a break.
     *
     * @throws InterruptedException when the thread is to end
     * @throws FeedRefusedException when the platform refuses the token or the feed
     */
    public void follow() throws InterruptedException {
        while (true) {
            try {
                pull();
                readStream();
            } catch (UncheckedIOException e) {
                LOG.log(System.Logger.Level.INFO, "the stream broke off: " + e.getMessage());
            } catch (FeedRefusedException e) {
                if (FINAL.contains(e.status())) {
                    throw e;
                }
                LOG.log(System.Logger.Level.INFO, "the stream was refused: " + e.getMessage());
            }
            Thread.sleep(PAUSE.toMillis());
        }
    }

    /** Reads all records. */
    public FeedSnapshot readSnapshot() {
        Map<String, JsonNode> records = new TreeMap<>();
        String cursor = "";
        while (true) {
            JsonNode page = get(path + "/snapshot?limit=1000" + cursor);
            page.path("items").forEach(item -> records.put(item.path("record").asText(), item.path("state")));
            if (!page.path("next").isTextual()) {
                return new FeedSnapshot(page.path("position").asText(), records);
            }
            cursor = "&cursor=" + TokenSource.encode(page.path("next").asText());
        }
    }

    /** Verifies and stores events in their order. Returns the number of new ones. */
    public synchronized int accept(List<JsonNode> events) {
        if (!events.stream().allMatch(event -> verifier.knowsKeyOf(event))) {
            verifier = new FeedVerifier(get("/.well-known/voyage-feeds-keys"));
        }
        int accepted = 0;
        for (JsonNode event : events) {
            accepted += copy.accept(event, verifier) ? 1 : 0;
        }
        copy.save();
        return accepted;
    }

    /** Returns the next events; nothing when they are no longer kept. */
    private Optional<List<JsonNode>> readPage() {
        String after = copy.position().map(last -> "&after=" + last).orElse("");
        try {
            List<JsonNode> events = new ArrayList<>();
            get(path + "/events?limit=" + pageEvents + after).forEach(events::add);
            boolean isLate =
                    after.isEmpty() && !events.isEmpty() && copy.findPlace(events.get(0)) == FeedCopy.EventPlace.GAP;
            return isLate ? Optional.empty() : Optional.of(events);
        } catch (FeedRefusedException e) {
            if (e.status() == GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void startAgain() {
        FeedSnapshot snapshot = readSnapshot();
        LOG.log(
                System.Logger.Level.INFO,
                "events after %s are no longer kept: the copy starts again from the snapshot at %s, %d records"
                        .formatted(
                                copy.position().orElse("the beginning"),
                                snapshot.position(),
                                snapshot.records().size()));
        copy.startFrom(snapshot.position(), snapshot.records());
        copy.save();
    }

    /** Stores the events of the stream until it ends. A stream without a heartbeat is closed. */
    private void readStream() {
        String[] headers = copy.position()
                .map(last -> new String[] {"Last-Event-ID", last})
                .orElse(new String[0]);
        AtomicLong heardNanos = new AtomicLong(System.nanoTime());
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
        try (InputStream body = request(path + "/stream", FeedClient::openStream, headers)) {
            watch.scheduleWithFixedDelay(() -> closeIfSilent(body, heardNanos), 1, 1, TimeUnit.SECONDS);
            BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            List<JsonNode> events = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heardNanos.set(System.nanoTime());
                if (line.startsWith("data:")) {
                    events.add(JSON.readTree(line.substring("data:".length())));
                }
                if (line.isEmpty() && !lines.ready()) {
                    events.removeIf(event -> !event.has("sequence"));
                    accept(events);
                    events.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            watch.shutdownNow();
        }
    }

    private void closeIfSilent(InputStream body, AtomicLong heardNanos) {
        if (System.nanoTime() - heardNanos.get() > timeout.toNanos()) {
            try {
                body.close();
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "closing a silent stream", e);
            }
        }
    }

    private JsonNode get(String from) {
        try (InputStream body = request(from, FeedClient::readWhole)) {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BodySubscriber<InputStream> readWhole(ResponseInfo info) {
        return BodySubscribers.mapping(BodySubscribers.ofByteArray(), ByteArrayInputStream::new);
    }

    private static BodySubscriber<InputStream> openStream(ResponseInfo info) {
        return info.statusCode() == 200 ? BodySubscribers.ofInputStream() : readWhole(info);
    }

    /** Sends a request: once with a new token after 401, and again after 429, 502, 503 and 504 as Retry-After says. */
    private InputStream request(String from, BodyHandler<InputStream> handler, String... headers) {
        boolean isRenewed = false;
        int waits = 0;
        while (true) {
            String token = tokens.get();
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(platform.resolve(from)).header("Authorization", "Bearer " + token);
            if (headers.length > 0) {
                request.headers(headers);
            }
            try {
                HttpResponse<InputStream> answer = send(http, request.build(), handler, timeout);
                if (answer.statusCode() == 200) {
                    return answer.body();
                }
                String text = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
                if (answer.statusCode() == UNAUTHORIZED && !isRenewed) {
                    isRenewed = true;
                    tokens.forget(token);
                } else if (LATER.contains(answer.statusCode()) && waits++ < MAX_WAITS) {
                    String seconds = answer.headers().firstValue("Retry-After").orElse("");
                    Thread.sleep(1000L * (seconds.matches("[0-9]{1,6}") ? Integer.parseInt(seconds) : 5));
                } else {
                    throw new FeedRefusedException(answer.statusCode(), text);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(from + " did not answer: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** Sends a request and waits for its answer with the body that the handler reads. The timeout of the JDK ends at the head. */
    static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> handler, Duration timeout)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
