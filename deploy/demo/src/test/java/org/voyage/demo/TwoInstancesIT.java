package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/**
 * Two instances of each service behind one address: one is killed, one is frozen past every lease, all are restarted in
 * turn. The clock of the second instance is ten minutes wrong.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoInstancesIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration FREEZE = Duration.ofSeconds(14);
    /** A change of hands may log a few; two instances that disturb each other log thousands. */
    private static final int MAX_REPEATED_STARTS = 12;

    private Platform platform;
    private PlatformEndpoints first;
    private PlatformEndpoints second;
    private PlatformEndpoints endpoints;
    private CrashTables tables;
    private CrashTopics topics;
    private final List<RoundRobinProxy> proxies = new ArrayList<>();

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        int basePort = FreeBasePort.findFree();
        platform = Platform.start(
                PlatformOptions.of(Path.of("../..").toAbsolutePath().normalize())
                        .withData(folder)
                        .withBasePort(basePort)
                        .withOnly(List.of("overseas", "indicators"))
                        .withServiceEnvironment(Map.of(
                                "VOYAGE_OUTBOX_LEASE",
                                "4s",
                                "VOYAGE_OUTBOX_RETRY",
                                "1s",
                                "VOYAGE_WEB_IDEMPOTENCY_LEASE",
                                "10s")));
        int secondPort = FreeBasePort.findFree();
        platform.startSecond("overseas", secondPort, shiftClock("+600s"));
        platform.startSecond("indicators", secondPort, shiftClock("-600s"));
        first = PlatformEndpoints.ofBasePort(basePort);
        second = PlatformEndpoints.ofBasePort(secondPort);
        int sharedPort = FreeBasePort.findFree();
        endpoints = PlatformEndpoints.ofBasePort(sharedPort);
        proxies.add(RoundRobinProxy.start(
                endpoints.overseas().getPort(),
                List.of(first.overseas().getPort(), second.overseas().getPort())));
        proxies.add(RoundRobinProxy.start(
                endpoints.indicators().getPort(),
                List.of(first.indicators().getPort(), second.indicators().getPort())));
        for (PlatformEndpoints each : List.of(endpoints, second)) {
            proxies.add(RoundRobinProxy.forward(
                    each.issuer().getPort(), first.issuer().getPort()));
        }
        tables = new CrashTables(platform.postgres());
        topics = new CrashTopics(platform.kafka().bootstrapServers());
    }

    @AfterAll
    void stop() throws IOException {
        for (RoundRobinProxy proxy : proxies) {
            proxy.close();
        }
        platform.close();
    }

    @Test
    void two_instances_lose_double_and_reorder_nothing_while_one_dies_freezes_or_is_restarted() throws Exception {
        String prefix = "two";
        try (CrashPush push = CrashPush.begin(endpoints, prefix)) {
            push.awaitAcknowledged(CrashRows.TOTAL_ROWS / 10);
            platform.killPart("overseas");
            platform.killPart("indicators");
            push.awaitAcknowledged(CrashRows.TOTAL_ROWS / 10 * 3);
            platform.awaitReady("overseas");
            platform.awaitReady("indicators");
            freeze("overseas-2");
            push.awaitAcknowledged(CrashRows.TOTAL_ROWS / 2);
            freeze("indicators-2");
            freeze("indicators");
            for (String part : List.of("overseas", "overseas-2", "indicators", "indicators-2")) {
                platform.restartPart(part);
            }
            push.awaitEnd();
            new CrashConsistency(endpoints, tables, topics).requireConsistent(prefix, push);
        }
        requireAlike();
        requireOneReader();
        requireRunsKnownToBoth();
    }

    /** Returns the environment of a process whose clock is shifted. Its timers stay right (libfaketime). */
    private static Map<String, String> shiftClock(String shift) {
        String library = System.getenv("VOYAGE_FAKETIME");
        assertThat(library)
                .as("VOYAGE_FAKETIME: the path of libfaketime.so.1, which ./voyage test finds")
                .isNotNull();
        return Map.of(
                "LD_PRELOAD",
                library,
                "FAKETIME",
                shift,
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** Stops a process as a long pause of its machine does: its connections stay, its leases run out. */
    private void freeze(String part) throws Exception {
        long pid = platform.pidOf(part);
        signal("STOP", pid);
        try {
            Thread.sleep(FREEZE);
        } finally {
            signal("CONT", pid);
        }
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** The same question has the same answer and the same tag, and the same evidence, from each. */
    private void requireAlike() {
        for (String path : List.of(
                "/v1/indicators/overseas-schools/values?by=year,province",
                "/v1/indicators/overseas-schools/values?by=list:belt-and-road@now&period=2024",
                "/v1/indicators/overseas-majors/values?by=year,brand",
                "/v1/indicators/overseas-schools/evidence?period=2024&limit=20")) {
            await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> {
                ApiResponse one = get(first, path).requireOk();
                ApiResponse other = get(second, path).requireOk();
                assertThat(other.headers().firstValue("ETag"))
                        .as("tag of %s", path)
                        .isEqualTo(one.headers().firstValue("ETag"));
                assertThat(answersOf(other)).as(path).isEqualTo(answersOf(one)).isNotEmpty();
            });
        }
    }

    private static List<JsonNode> answersOf(ApiResponse answer) {
        JsonNode body = answer.parseJson();
        List<JsonNode> answers = new ArrayList<>();
        body.path("items").forEach(answers::add);
        return answers;
    }

    private void requireOneReader() throws IOException {
        for (String part : List.of("indicators", "indicators-2")) {
            try (var lines = Files.lines(platform.data().resolve("logs").resolve(part + ".log"))) {
                assertThat(lines.filter(line -> line.contains("begins again in")))
                        .as("log of %s", part)
                        .hasSizeLessThan(MAX_REPEATED_STARTS);
            }
        }
    }

    private void requireRunsKnownToBoth() {
        String proof = beginRun(first, "/v1/proofs");
        assertThat(get(second, proof)
                        .requireOk()
                        .parseJson()
                        .path("proof")
                        .path("id")
                        .asText())
                .isEqualTo(proof.substring(proof.lastIndexOf('/') + 1));
        JsonNode proved = awaitEnd(second, proof, "/proof/verdict", "running");
        assertThat(proved.at("/proof/verdict").asText()).as("%s", proved).isEqualTo("proved");
        String rebuild = beginRun(second, "/v1/rebuilds");
        assertThat(get(first, rebuild).isOk()).isTrue();
        assertThat(List.of("done", "refused", "failed")).contains(awaitFinal(first, rebuild));
        assertThat(get(second, rebuild).parseJson().path("state").asText()).isEqualTo("done");
    }

    private String beginRun(PlatformEndpoints at, String path) {
        try (ApiClient api = new ApiClient(at)) {
            ApiResponse begun =
                    await().atMost(TIMEOUT).until(() -> api.post("operator", at.indicators(), path), ApiResponse::isOk);
            return URI.create(begun.headers().firstValue("Location").orElseThrow())
                    .getPath();
        }
    }

    private JsonNode awaitEnd(PlatformEndpoints at, String path, String member, String running) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> get(at, path).requireOk().parseJson(),
                        answer -> !answer.at(member).asText().equals(running));
    }

    private String awaitFinal(PlatformEndpoints at, String path) {
        return await().atMost(TIMEOUT)
                .until(
                        () -> get(at, path)
                                .requireOk()
                                .parseJson()
                                .path("state")
                                .asText(),
                        List.of("done", "refused", "failed")::contains);
    }

    private static ApiResponse get(PlatformEndpoints at, String path) {
        try (ApiClient api = new ApiClient(at)) {
            return api.get("operator", at.indicators(), path);
        } catch (UncheckedIOException e) {
            throw new AssertionError(path, e);
        }
    }
}
