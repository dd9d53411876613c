package org.voyage.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.voyage.local.Platform;

/** Client of the indicators service in the role of an operator, with access to its process. */
class IndicatorsService implements AutoCloseable {

    private static final String SERVICE_NAME = "indicators";
    private static final Pattern VALUE_PATTERN =
            Pattern.compile("\\{((?:\"[A-Za-z]+\":(?:\"[^\"]*\"|\\d+),)+)\"value\":(-?\\d+)}");
    private static final Pattern CODE_PATTERN = Pattern.compile("\"[A-Za-z]+\":\"?([^\",]*)\"?,");
    private static final Pattern HEAP_PATTERN =
            Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\".*} (\\S+)$");
    private static final Pattern CELLS_PATTERN = Pattern.compile("\"cells\":(\\d+)");
    private static final Pattern CAUGHT_UP_LINE =
            Pattern.compile("live figures have reached the end of the log: (\\d+) events in (\\d+) ms");
    private static final long PROOF_POLL_MS = 200;

    private final Platform platform;
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    IndicatorsService(Platform platform) {
        this.platform = platform;
        this.url = platform.urlOf(SERVICE_NAME);
    }

    String url() {
        return url;
    }

    String operatorToken() throws IOException, InterruptedException {
        return BenchTokens.requestToken(platform, "operator");
    }

    /**
     * Returns the JSON answer of a path.
     *
     * @throws IllegalStateException when the answer is not 2xx
     */
    String getJson(String path) throws IOException, InterruptedException {
        return sendRequest(HttpRequest.newBuilder(URI.create(url() + path)).GET())
                .body();
    }

    private HttpResponse<String> sendRequest(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                request.header("Authorization", "Bearer " + operatorToken()).build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return response;
    }

    /** Returns the values of an answer, by their coordinates in the order of the answer, e.g. {@code 2023/africa}. */
    static Map<String, Long> parseValues(String answer) {
        Map<String, Long> values = new HashMap<>();
        Matcher value = VALUE_PATTERN.matcher(answer);
        while (value.find()) {
            List<String> codes = CODE_PATTERN
                    .matcher(value.group(1))
                    .results()
                    .map(code -> code.group(1))
                    .toList();
            values.put(String.join("/", codes), Long.parseLong(value.group(2)));
        }
        return values;
    }

    /**
     * Requires that the counts are equal.
     *
     * @throws IllegalStateException when a count differs
     */
    static void requireEqualCounts(String what, Map<String, Long> came, Map<String, Long> expected) {
        if (!came.equals(expected)) {
            String first = expected.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(came.get(entry.getKey())))
                    .findFirst()
                    .map(entry -> entry.getKey() + " is " + came.get(entry.getKey()) + ", not " + entry.getValue())
                    .orElse("too many values");
            throw new IllegalStateException(
                    what + " is wrong: " + came.size() + " values, expected " + expected.size() + "; " + first);
        }
    }

    /** Stops the process in order and starts it again; returns the time from its start until it was ready. */
    Duration restartService() {
        return platform.restartPart(SERVICE_NAME);
    }

    /** Kills the process with signal 9, and waits until the next one is ready. */
    void killService() {
        platform.killPart(SERVICE_NAME);
        platform.awaitReady(SERVICE_NAME);
    }

    /** Returns the used heap in bytes after a garbage collection. */
    long measureHeap() throws IOException, InterruptedException {
        Process collect = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(platform.pidOf(SERVICE_NAME)),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (collect.waitFor() != 0) {
            throw new IllegalStateException("jcmd could not collect what indicators do not use");
        }
        return HEAP_PATTERN
                .matcher(getJson("/q/metrics"))
                .results()
                .mapToLong(used -> (long) Double.parseDouble(used.group(1)))
                .sum();
    }

    /** Runs a proof, which counts every cell again from two sources; returns the number of cells. */
    long runProof() throws IOException, InterruptedException {
        String location = sendRequest(HttpRequest.newBuilder(URI.create(url() + "/v1/proofs"))
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String path = URI.create(location).getPath();
        String proof = getJson(path);
        while (proof.contains("\"verdict\":\"running\"")) {
            Thread.sleep(Duration.ofMillis(PROOF_POLL_MS));
            proof = getJson(path);
        }
        if (!proof.contains("\"verdict\":\"proved\"")) {
            throw new IllegalStateException("The figures are not proved: " + proof);
        }
        Matcher cells = CELLS_PATTERN.matcher(proof);
        if (!cells.find()) {
            throw new IllegalStateException("The certificate names no cells: " + proof);
        }
        return Long.parseLong(cells.group(1));
    }

    /** Returns the events per second of the live figures since the last start, as the service reports it. */
    double readLiveRate(long events) throws IOException {
        String log = Files.readString(platform.data().resolve("logs").resolve(SERVICE_NAME + ".log"));
        MatchResult last = CAUGHT_UP_LINE
                .matcher(log)
                .results()
                .reduce((before, after) -> after)
                .orElseThrow(() -> new IllegalStateException("indicators do not log when they have caught up"));
        if (Long.parseLong(last.group(1)) != events) {
            throw new IllegalStateException("live took " + last.group(1) + " events, not " + events);
        }
        return events * 1000.0 / Long.parseLong(last.group(2));
    }

    @Override
    public void close() {
        http.close();
    }
}
