package org.voyage.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.TokenIssuer;

/** Test of the public door against clients that mean no good, and against services that hang. */
class DashboardGuardIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int BURST = 200;
    private static final int ATTACKERS = 5_000;
    private static final int LINE_BYTES = 60_000;
    private static final int SAMPLES = 200;
    private static final int ROUNDS = 5;
    /** Fewer do not use up the memory of a dashboard without its guard. */
    private static final int LEAST_ATTACKERS = 1_500;
    /** Length of the cookies of a person whose identity provider has long tokens. */
    private static final int COOKIE_LENGTH = 7_000;
    /** Noise of a machine with two processors that also runs the attackers and other tests. Without guards nothing answers. */
    private static final long LEAST_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Paths that answer a person who has signed in with 200. */
    private static final List<String> PATHS = List.of("/overview", "/q/health/ready", "/session");

    @TempDir
    static Path folder;

    private static TokenIssuer issuer;
    private static RecordingService service;
    /** It accepts connections and never answers. */
    private static ServerSocket silent;

    private static DashboardProcess dashboard;

    @BeforeAll
    static void start() throws Exception {
        issuer = TokenIssuer.start(folder.resolve("issuer"), LoopbackPorts.findFreePort());
        service = RecordingService.start();
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("VOYAGE_WEB_RATE_ANONYMOUS_PER_SECOND", "1");
        environment.put("VOYAGE_WEB_RATE_ANONYMOUS_BURST", Integer.toString(BURST));
        environment.put("VOYAGE_DASHBOARD_ANSWER_TIMEOUT", "1s");
        dashboard = DashboardProcess.start(folder, environment).awaitReady();
    }

    private static Map<String, String> environment() {
        return Map.of(
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                issuer.url(),
                "VOYAGE_DASHBOARD_SERVICES_OVERSEAS",
                service.url(),
                "VOYAGE_DASHBOARD_SERVICES_FEEDS",
                "http://127.0.0.1:" + silent.getLocalPort());
    }

    @AfterAll
    static void stop() throws Exception {
        dashboard.close();
        silent.close();
        service.close();
        issuer.close();
    }

    @Test
    void unfinished_requests_slow_no_other_client_and_their_memory_is_freed() throws Exception {
        assertThat(limitOfFiles()).as("attackers that ulimit -n allows").isGreaterThanOrEqualTo(LEAST_ATTACKERS);
        Map<String, String> environment = new HashMap<>(environment());
        // A fast machine measures more requests than one address may send.
        environment.put("VOYAGE_WEB_RATE_ANONYMOUS_BURST", "100000");
        try (DashboardProcess attacked =
                        DashboardProcess.start(folder, environment).awaitReady();
                ProcessMemory memory = ProcessMemory.of(attacked.process())) {
            String cookies = signIn(attacked);
            for (String path : PATHS) {
                measureRound(attacked, path, cookies);
            }
            Map<String, Long> alone = measurePaths(attacked, cookies);
            long heap = memory.heapBytes();
            long direct = memory.directBytes();

            try (UnfinishedRequestAttacker attack =
                    UnfinishedRequestAttacker.start(attacked.port(), limitOfFiles(), LINE_BYTES)) {
                await().atMost(TIMEOUT).until(() -> attack.countOpened() >= limitOfFiles());
                Map<String, Long> attackedTimes = measurePaths(attacked, cookies);
                System.out.printf(
                        "p99 alone %s, attacked %s ns; %,d connections opened; direct %,d -> %,d bytes%n",
                        alone, attackedTimes, attack.countOpened(), direct, memory.directBytes());
                String log = attacked.readLog();
                alone.forEach((path, time) -> assertThat(attackedTimes)
                        .as("alone %s ns: %s", alone, log)
                        .hasEntrySatisfying(
                                path,
                                attackedTime ->
                                        assertThat(attackedTime).isLessThan(Math.max(2 * time, LEAST_LIMIT_NANOS))));
            }

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(memory.directBytes()).isLessThan(direct + (8 << 20)));
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(memory.heapBytes()).isLessThan(heap + (8 << 20)));
            assertThat(attacked.isRunning()).as(attacked.readLog()).isTrue();
        }
    }

    /** Returns as many attackers as this user may have open files, and {@value #ATTACKERS} where that is possible. */
    private static int limitOfFiles() {
        long files =
                ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getMaxFileDescriptorCount();
        return (int) Math.min(ATTACKERS, files - 500);
    }

    /** Returns the cookies of a person who has signed in, with one of another platform on the same host. */
    private static String signIn(DashboardProcess server) throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(server.url(), "wang-fang", "/");
            String session = browser.sessionCookies().stream()
                    .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            return session + "; other=" + "x".repeat(Math.max(0, COOKIE_LENGTH - session.length()));
        }
    }

    /** Returns the 99th percentile of each path in nanoseconds, the best of {@value #ROUNDS} rounds. */
    private static Map<String, Long> measurePaths(DashboardProcess server, String cookies) throws IOException {
        Map<String, Long> times = new TreeMap<>();
        for (String path : PATHS) {
            long[] rounds = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                rounds[round] = measureRound(server, path, cookies);
            }
            Arrays.sort(rounds);
            times.put(path, rounds[0]);
        }
        return times;
    }

    private static long measureRound(DashboardProcess server, String path, String cookies) throws IOException {
        long[] samples = new long[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            samples[sample] = RawRequest.measureGet(server.port(), path, cookies, "200");
        }
        Arrays.sort(samples);
        return samples[SAMPLES * 99 / 100];
    }

    @Test
    void exhausted_direct_memory_ends_the_process_with_one_line() throws Exception {
        Map<String, String> withoutDiscovery = new HashMap<>(environment());
        withoutDiscovery.put("QUARKUS_OIDC_DISCOVERY_ENABLED", "false");
        withoutDiscovery.put("QUARKUS_OIDC_AUTHORIZATION_PATH", "/authorize");
        withoutDiscovery.put("QUARKUS_OIDC_TOKEN_PATH", "/token");
        withoutDiscovery.put("QUARKUS_OIDC_JWKS_PATH", "/jwks");
        withoutDiscovery.put("QUARKUS_OIDC_JWKS_RESOLVE_EARLY", "false");
        try (DashboardProcess poor = DashboardProcess.start(folder, withoutDiscovery, "-XX:MaxDirectMemorySize=1k")) {
            await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> {
                if (poor.isRunning()) {
                    RawRequest.send(poor.port(), "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                }
                return !poor.isRunning();
            });
            assertThat(poor.process().exitValue()).as(poor.readLog()).isEqualTo(70);
            assertThat(poor.readLog().lines().filter(line -> line.contains("OutOf")))
                    .as(poor.readLog())
                    .singleElement()
                    .asString()
                    .contains("and the process with it");
        }
    }

    @Test
    void a_service_that_hangs_is_a_problem_and_one_that_works_on_is_awaited() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(dashboard.url(), "wang-fang", "/");
            HttpResponse<String> hanging = browser.get(dashboard.url() + "/api/feeds/v1/feeds");
            assertThat(hanging.statusCode()).isEqualTo(504);
            assertThat(hanging.headers().firstValue("Retry-After")).contains("2");
            assertThat(new JsonObject(hanging.body()).getString("detailZh")).contains("秒没有响应");

            HttpResponse<String> late = browser.get(dashboard.url() + "/api/overseas/v1/late");
            assertThat(late.statusCode()).isEqualTo(200);
            assertThat(late.body()).isEqualTo("late");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET /about HTTP/1.1 nonsense,400",
        "nonsense,400",
        "GET /%zz HTTP/1.1,400",
        "POST /about HTTP/1.1,405",
        "PUT /session HTTP/1.1,405",
        "GET /assets/absent-1.js HTTP/1.1,404",
        "GET /q/absent HTTP/1.1,404",
        "GET /api/overseas/q/openapi HTTP/1.1,404",
    })
    void a_request_that_the_server_itself_refuses_gets_a_problem(String line, int status) throws Exception {
        assertProblem(
                RawRequest.send(dashboard.port(), line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n"), status);
    }

    @Test
    void a_head_that_is_too_long_gets_a_problem() throws Exception {
        assertProblem(
                RawRequest.send(
                        dashboard.port(), "GET /" + "x".repeat(70_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                414,
                "65536");
        assertProblem(
                RawRequest.send(
                        dashboard.port(),
                        "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=" + "x".repeat(40_000) + "\r\n\r\n"),
                431,
                "32768");
    }

    private static void assertProblem(String answer, int status) {
        assertProblem(answer, status, "");
    }

    /** @param limit limit that the details name in both languages; empty without one */
    private static void assertProblem(String answer, int status, String limit) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("content-type: application/problem+json");
        JsonObject problem = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("titleZh")).matches(".*\\p{IsHan}.*");
        assertThat(problem.getString("detail")).contains(limit);
        assertThat(problem.getString("detailZh")).contains(limit);
    }

    @Test
    void no_protocol_but_HTTP_reaches_a_service() throws Exception {
        int before = service.received().size();
        assertProblem(RawRequest.send(dashboard.port(), """
                        GET /api/overseas/v1/record HTTP/1.1\r
                        Host: localhost\r
                        Authorization: Bearer x\r
                        Connection: Upgrade, close\r
                        Upgrade: websocket\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Version: 13\r
                        X-Forwarded-For: 203.0.113.7\r
                        \r
                        """), 400);
        assertThat(service.received()).hasSize(before);
        assertThat(RawRequest.send(dashboard.port(), """
                        GET /about HTTP/1.1\r
                        Host: localhost\r
                        Connection: Upgrade, HTTP2-Settings, close\r
                        Upgrade: h2c\r
                        HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r
                        \r
                        """)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"q/health", "q/health/ready", "q/openapi", "q/metrics", "q/metrics/state"})
    void a_token_of_no_matter_what_opens_no_monitoring_of_a_service(String path) throws Exception {
        int before = service.received().size();
        try (CookieBrowser browser = new CookieBrowser()) {
            assertThat(browser.get(dashboard.url() + "/api/overseas/" + path, "Authorization", "Bearer x")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(service.received()).hasSize(before);
    }

    @Test
    void a_person_above_the_rate_is_refused_and_another_one_is_not() throws Exception {
        try (CookieBrowser greedy = new CookieBrowser();
                CookieBrowser other = new CookieBrowser()) {
            greedy.signIn(dashboard.url(), "chen-jing", "/");
            other.signIn(dashboard.url(), "zhou-wei", "/");
            String record = dashboard.url() + "/api/overseas/v1/record";
            HttpResponse<String> answer = greedy.get(record);
            for (int sent = 0; sent < 3 * BURST && answer.statusCode() == 200; sent++) {
                answer = greedy.get(record);
            }
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(new JsonObject(answer.body()).getString("detailZh")).contains("每秒 1 次");
            assertThat(other.get(record).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.2.1,/api/overseas/v1/record,Cookie: q_session=x,401",
        "127.0.2.3,/session,Authorization: x,401",
        "127.0.2.4,/api/../session,Authorization: x,401",
        "127.0.2.5,/api/overseas/v1/record,Authorization: x|Upgrade: websocket,400",
    })
    void what_names_no_person_counts_for_its_address(String address, String path, String headers, int status)
            throws Exception {
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + headers.replace("|", "\r\n") + "\r\n\r\n";
        String answer = RawRequest.send(dashboard.port(), address, head);
        assertProblem(answer, status);
        for (int sent = 0; sent < 3 * BURST && answer.startsWith("HTTP/1.1 " + status + " "); sent++) {
            answer = RawRequest.send(dashboard.port(), address, head);
        }
        assertProblem(answer, 429);
        assertProblem(RawRequest.send(dashboard.port(), "127.0.2.2", head), status);
    }
}
