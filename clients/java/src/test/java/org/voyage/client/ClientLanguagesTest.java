package org.voyage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unit test of the three client libraries by their commands: each does the same, and writes the same file. They mostly wait. */
@Execution(ExecutionMode.CONCURRENT)
class ClientLanguagesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CLIENTS = Path.of("..").toAbsolutePath().normalize();
    private static final String FEED = "0k2m9q4tq8b1v7r";
    private static final int PATIENCE_SECONDS = 60;
    private static final String SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
    private static final String OTHER_SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("abcdef0123456789abcdef0123456789".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private ScriptedPlatform platform;

    /** Language of a client library, with its command. */
    enum ClientLanguage {
        JAVA(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ReceiverCommand.class.getName()),
        JAVASCRIPT("node", CLIENTS.resolve("javascript/receive.mjs").toString()),
        PYTHON("python3", "-B", "-m", "voyage_feeds");

        private final List<String> command;

        ClientLanguage(String... command) {
            this.command = List.of(command);
        }
    }

    @BeforeEach
    void begin() throws IOException {
        platform = ScriptedPlatform.start();
    }

    @AfterEach
    void end() {
        platform.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_pull_takes_a_new_token_waits_as_it_is_asked_and_stores_all_events(ClientLanguage language) throws Exception {
        platform.refusals.addAll(List.of(401, 429, 503));
        long begun = System.nanoTime();

        assertThat(run(language, "--page", "10")).isZero();

        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.SECONDS.toNanos(2));
        assertThat(platform.requests.get(0)).endsWith("Bearer token-1");
        assertThat(platform.requests.subList(1, platform.requests.size()))
                .allMatch(request -> request.endsWith("Bearer token-2"));
        assertStored(43);
        assertThat(run(language)).as("nothing is new").isZero();
        assertStored(43);
    }

    @ParameterizedTest
    @EnumSource
    void a_token_that_is_refused_twice_ends_the_pull(ClientLanguage language) throws Exception {
        platform.refusals.addAll(List.of(401, 401));

        assertThat(run(language)).isNotZero();

        assertThat(platform.requests).hasSize(2);
        assertThat(copyFile()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void a_position_that_is_too_old_leads_to_the_snapshot_and_the_events_after_it(ClientLanguage language)
            throws Exception {
        platform.head.set(7);
        assertThat(run(language)).isZero();
        platform.head.set(43);
        platform.deleted.set(20);

        assertThat(run(language)).isZero();

        assertThat(platform.requests).anyMatch(request -> request.contains("cursor=a%2Bb%2Fc%3D"));
        assertStored(43);
    }

    @ParameterizedTest
    @EnumSource
    void a_stream_that_breaks_off_goes_on_after_the_last_stored_event(ClientLanguage language) throws Exception {
        platform.head.set(5);

        assertThat(run(language, "--follow")).as("the feed was deleted").isNotZero();

        assertThat(platform.requests)
                .filteredOn(request -> request.contains("/stream"))
                .extracting(request -> request.split(" ")[3])
                .containsExactly("1-0000000000000005", "1-0000000000000025", "1-0000000000000043");
        assertStored(43);
    }

    @ParameterizedTest
    @EnumSource
    void an_event_whose_data_were_changed_ends_the_pull_and_nothing_of_its_page_is_stored(ClientLanguage language)
            throws Exception {
        ((ObjectNode) platform.events.get(12).path("data")).put("nonce", "changed");

        assertThat(run(language, "--page", "10")).isNotZero();

        assertStored(10);
    }

    @ParameterizedTest
    @EnumSource
    void a_page_that_drips_ends_the_pull_at_the_timeout(ClientLanguage language) throws Exception {
        platform.dripping = new CountDownLatch(1);

        assertThat(run(language, "--timeout", "2")).isNotZero();

        assertThat(copyFile()).doesNotExist();
    }

    /** What Linux does not replace is a folder; Windows replaces no file that another program reads. */
    @ParameterizedTest
    @EnumSource
    void a_file_that_cannot_be_replaced_at_once_is_replaced_later(ClientLanguage language) throws Exception {
        platform.dripping = new CountDownLatch(1);
        Process process = start(language);
        await(() -> !platform.requests.isEmpty(), process);
        Files.createDirectories(copyFile());
        platform.dripping.countDown();
        await(() -> Files.exists(copyFile().resolveSibling("copy.json.new")), process);
        // Long enough for a first try, and far from the second after which the client gives up.
        Thread.sleep(100);
        Files.delete(copyFile());

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).as(Files.readString(output())).isZero();
        assertStored(43);
    }

    @ParameterizedTest
    @EnumSource
    void webhooks_are_verified_and_stored_before_the_answer(ClientLanguage language) throws Exception {
        int port = findFreePort();
        Files.createDirectories(copyFile().getParent());
        Files.writeString(copyFile().resolveSibling("keys"), OTHER_SECRET + "\n" + SECRET + "\n");
        Process process = start(language, "--listen", Integer.toString(port));
        try {
            awaitListening(process);
            Instant now = Instant.now();
            String first = platform.events.get(0).toString();
            assertThat(post(port, first, "whsec_AAAA", now).statusCode())
                    .as("another key")
                    .isEqualTo(401);
            assertThat(post(port, first, SECRET, now.minusSeconds(301)).statusCode())
                    .as("repeated later")
                    .isEqualTo(401);
            assertThat(copyFile()).doesNotExist();

            assertThat(post(
                                    port,
                                    "{\"type\":\"org.voyage.feed.endpoint-challenge.v1\",\"data\":{\"token\":\"t1\"}}",
                                    SECRET,
                                    now)
                            .body())
                    .satisfies(
                            answer -> assertThat(JSON.readTree(answer)).isEqualTo(JSON.readTree("{\"token\":\"t1\"}")));
            assertThat(post(port, first, SECRET, now).statusCode()).isEqualTo(200);
            assertStored(1);
            assertThat(post(port, first, SECRET, now).statusCode()).as("twice").isEqualTo(200);
            assertStored(1);
            assertThat(post(port, platform.events.subList(1, 4).toString(), SECRET, now)
                            .statusCode())
                    .as("a batch")
                    .isEqualTo(200);
            assertStored(4);
            assertThat(post(port, platform.events.get(4).toString().replace("nonce\":\"", "nonce\":\"x"), SECRET, now)
                            .statusCode())
                    .as("changed data")
                    .isEqualTo(422);
            assertStored(4);
            platform.head.set(9);
            assertThat(post(port, platform.events.get(8).toString(), OTHER_SECRET, now)
                            .statusCode())
                    .as("earlier ones are pulled")
                    .isEqualTo(200);
            assertStored(9);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_webhook_that_waits_for_earlier_events_is_answered_in_time_and_the_pull_goes_on(ClientLanguage language)
            throws Exception {
        platform.head.set(9);
        platform.dripping = new CountDownLatch(1);
        int port = findFreePort();
        Files.createDirectories(copyFile().getParent());
        Files.writeString(copyFile().resolveSibling("keys"), SECRET);
        Process process = start(language, "--listen", Integer.toString(port));
        try {
            awaitListening(process);

            HttpResponse<String> answer = post(port, platform.events.get(8).toString(), SECRET, Instant.now());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            platform.dripping.countDown();
            await(() -> Files.exists(copyFile()), process);
            assertStored(9);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static HttpResponse<String> post(int port, String body, String secret, Instant time) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .header("webhook-id", "f_1_1")
                .header("webhook-timestamp", Long.toString(time.getEpochSecond()))
                .header("webhook-signature", new Webhook(secret).sign("f_1_1", time.getEpochSecond(), body))
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private void awaitListening(Process process) throws Exception {
        await(() -> Files.readString(output()).contains("listening"), process);
    }

    /** Waits for what a running process does. */
    private void await(Callable<Boolean> condition, Process process) throws Exception {
        while (!condition.call()) {
            assertThat(process.isAlive()).as(Files.readString(output())).isTrue();
            Thread.sleep(50);
        }
    }

    /** The file has what the library in Java makes of the first events, in each language. */
    private void assertStored(int events) throws IOException {
        FeedCopy expected = platform.copyOf(events, folder.resolve("expected-" + events));
        expected.save();
        JsonNode stored = JSON.readTree(copyFile().toFile());
        assertThat(stored)
                .isEqualTo(JSON.readTree(folder.resolve("expected-" + events)
                        .resolve("copy.json")
                        .toFile()));
    }

    private Path copyFile() {
        return folder.resolve("copy/copy.json");
    }

    private Path output() {
        return folder.resolve("output");
    }

    private int run(ClientLanguage language, String... options) throws IOException, InterruptedException {
        Process process = start(language, options);
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(ClientLanguage language, String... options) throws IOException {
        List<String> words = new ArrayList<>(language.command);
        words.addAll(List.of(options));
        words.addAll(List.of(
                platform.url().toString(),
                FEED,
                platform.url() + "/token",
                folder.resolve("copy").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment()
                .putAll(Map.of(
                        "PYTHONPATH", CLIENTS.resolve("python").toString(),
                        "VOYAGE_CLIENT", "alliance-WFCP",
                        "VOYAGE_SECRET", "local"));
        return builder.start();
    }

    private static int findFreePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
