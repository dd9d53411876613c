package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the limits of clients, addresses and connections. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@TestProfile(RateLimitIT.NarrowRateProfile.class)
class RateLimitIT {

    /** Profile with few places and short deadlines. */
    public static class NarrowRateProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    Map.entry("voyage.web.rate.anonymous-per-second", "1"),
                    Map.entry("voyage.web.rate.anonymous-burst", "30"),
                    Map.entry("voyage.web.cost.small", "2"),
                    Map.entry("voyage.web.cost.uploads", "1"),
                    Map.entry("voyage.web.cost.streams-overall", "240"),
                    Map.entry("voyage.web.cost.patience", "1s"),
                    Map.entry("voyage.web.public-address", "https://things.example/"),
                    Map.entry("voyage.web.connections.idle-timeout", "4s"),
                    Map.entry("voyage.web.connections.per-address", "60"));
        }
    }

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    private static Supplier<Response> requestAs(String token) {
        return () -> given().auth().oauth2(token).get("/v1/things");
    }

    private static Response sendUntilRefused(Supplier<Response> request) {
        return Stream.generate(request)
                .limit(300)
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the limit was never met"));
    }

    private Socket connect() throws IOException {
        var socket = new Socket(root.getHost(), root.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private Socket send(String text) throws IOException {
        var socket = connect();
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Sends the beginning of a body that is never completed. */
    private Socket stall(String province, String path, String type) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + TestTokens.bureauToken(province) + "\r\nContent-Type: " + type
                + "\r\nContent-Length: 500000\r\n\r\n{\"name\":");
    }

    private static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void closeAll(List<Socket> open) throws IOException {
        for (var one : open) {
            one.close();
        }
    }

    @Test
    void a_client_with_its_share_in_use_is_refused_with_a_time_to_retry_and_delays_no_other() throws Exception {
        requestAs(TestTokens.bureauToken("13"))
                .get()
                .then()
                .statusCode(200)
                .header("RateLimit-Policy", "\"small\";q=2;qu=\"concurrent-requests\"")
                .header("RateLimit", "\"small\";r=1");
        var open = new ArrayList<Socket>();
        try {
            open.add(stall("13", "/v1/things", "application/json"));
            open.add(stall("13", "/v1/things", "application/json"));
            await().atMost(Duration.ofSeconds(4))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> requestAs(TestTokens.bureauToken("13")).get().statusCode() == 429);
            requestAs(TestTokens.bureauToken("13"))
                    .get()
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "1")
                    .header("RateLimit", "\"small\";r=0")
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:voyage:problem:too-many-requests"))
                    .body("detailZh", matchesPattern(".*1 秒.*"));
            requestAs(TestTokens.bureauToken("14")).get().then().statusCode(200);
        } finally {
            closeAll(open);
        }
        await().untilAsserted(() ->
                requestAs(TestTokens.bureauToken("13")).get().then().statusCode(200));
    }

    @Test
    void uploads_that_stall_use_the_places_of_their_client_only_until_they_are_too_slow() throws Exception {
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 40; i++) {
                open.add(stall("15", "/v1/things/batches", "application/x-ndjson"));
            }
            var rows = "{\"province\":\"22\",\"sourceId\":\"LOAD-1\",\"name\":\"pot\"}\n";
            given().auth()
                    .oauth2(TestTokens.bureauToken("22"))
                    .contentType("application/x-ndjson; charset=utf-8")
                    .body(rows.getBytes(StandardCharsets.UTF_8))
                    .post("/v1/things/batches")
                    .then()
                    .statusCode(200);
            requestAs(TestTokens.bureauToken("15")).get().then().statusCode(200);
            var answers = new ArrayList<String>();
            for (var socket : open) {
                answers.add(readAll(socket).lines().findFirst().orElse("closed"));
            }
            assertThat(answers).allMatch(line -> line.contains(" 429 ") || line.contains(" 408 "));
            assertThat(answers).anyMatch(line -> line.contains(" 429 ")).anyMatch(line -> line.contains(" 408 "));
        } finally {
            closeAll(open);
        }
    }

    @Test
    void strangers_are_counted_by_address_and_those_who_try_tokens_too() {
        var noToken = sendUntilRefused(() -> given().get("/v1/things"));
        assertThat(noToken.header("RateLimit-Policy")).isEqualTo("\"address\";q=30;w=30");
        assertThat(noToken.header("X-Request-Id")).isNotEmpty();
        assertThat(sendUntilRefused(requestAs("nonsense")).path("type").toString())
                .endsWith("too-many-requests");
        for (String authorization : List.of("Bearer ..", "Basic Og==", "..")) {
            assertThat(sendUntilRefused(() -> given().header("Authorization", authorization)
                                    .get("/v1/things"))
                            .path("type")
                            .toString())
                    .as(authorization)
                    .endsWith("too-many-requests");
        }
        requestAs(TestTokens.bureauToken("15")).get().then().statusCode(200);
    }

    @Test
    void health_and_metrics_answer_however_often_they_are_asked() {
        for (int i = 0; i < 50; i++) {
            assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(given().get("/q/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_head_that_drips_is_answered_408_at_its_deadline() throws Exception {
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            var closed = Thread.ofVirtual().start(() -> {
                try {
                    for (var part : "GET /v1/things HTTP/1.1\r\nHost: x\r\nX-A: 1234567890".split("")) {
                        out.write(part.getBytes(StandardCharsets.US_ASCII));
                        Thread.sleep(250);
                    }
                } catch (IOException | InterruptedException e) {
                    // The service has closed the connection.
                }
            });
            var answer = readAll(socket);
            closed.interrupt();
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("urn:voyage:problem:request-timeout", "within 10 s", "未在 10 秒内到达");
        }
    }

    @Test
    void a_connection_without_a_request_ends_and_so_does_one_that_is_idle_after_its_answer() throws Exception {
        try (var silent = connect()) {
            assertThat(readAll(silent)).isEmpty();
        }
        try (var idle = send("GET /q/health/live HTTP/1.1\r\nHost: x\r\n\r\n")) {
            assertThat(readAll(idle)).startsWith("HTTP/1.1 200").doesNotContain("HTTP/1.1 408");
        }
    }

    @Test
    void a_body_below_the_least_rate_is_answered_408_and_one_above_it_is_not() throws Exception {
        try (var slow = stall("21", "/v1/things", "application/json")) {
            assertThat(readAll(slow)).startsWith("HTTP/1.1 408 ").contains("低于每秒 ");
        }
        var body = "{\"name\":\"" + "a".repeat(9) + "\"" + " ".repeat(90_000) + "}";
        try (var steady = send("POST /v1/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + TestTokens.bureauToken("21") + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n")) {
            for (int i = 0; i < body.length(); i += 3_000) {
                steady.getOutputStream()
                        .write(body.substring(i, Math.min(body.length(), i + 3_000))
                                .getBytes(StandardCharsets.US_ASCII));
                Thread.sleep(400);
            }
            assertThat(readAll(steady)).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void an_address_with_too_many_busy_connections_gets_503_and_health_still_answers() throws Exception {
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 60; i++) {
                var stream = openStream("127.0.0.1", "" + (32 + i % 4));
                open.add(stream);
                assertThat(readStatusLine(stream)).contains(" 200 ");
            }
            // One after the other: a request that has not been read yet would lose its place to the next.
            try (var more = send("GET /v1/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + TestTokens.bureauToken("36") + "\r\n\r\n")) {
                assertThat(readAll(more)).startsWith("HTTP/1.1 503 ").containsIgnoringCase("retry-after: 5");
            }
            try (var health = send("GET /q/health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
                assertThat(readAll(health)).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            closeAll(open);
            awaitEndOfStreams();
        }
    }

    @Test
    void a_new_connection_takes_the_place_of_one_that_waits_for_its_client() throws Exception {
        var open = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 70; i++) {
                open.add(send("GET /unfinished"));
            }
            try (var more = send("GET /v1/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + TestTokens.bureauToken("36") + "\r\n\r\n")) {
                assertThat(readAll(more)).startsWith("HTTP/1.1 200 ");
            }
            // Without an answer if its bytes were not read yet.
            assertThat(readAll(open.getFirst())).matches("(?s)(HTTP/1.1 503 .*当前连接数超过 .*)?");
        } finally {
            closeAll(open);
        }
    }

    /** Twenty alliances with twenty streams each, or 401 open dashboards, shut out everyone else. */
    @Test
    void clients_with_many_streams_leave_a_first_one_to_everyone_else() throws Exception {
        var open = new ArrayList<Socket>();
        var refused = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 80; i++) {
                var stream = openStream("127.0.3." + (1 + i / 20), "" + (41 + i / 20));
                (readStatusLine(stream).contains(" 200 ") ? open : refused).add(stream);
            }
            // The first of each of the four, and a quarter of all.
            assertThat(open).hasSize(4 + 60);
            assertThat(readAll(refused.getFirst()))
                    .contains("60 of 60 streams")
                    .contains("首个之外")
                    .contains("\"quota\":");
            var other = openStream("127.0.3.5", "45");
            open.add(other);
            assertThat(readStatusLine(other)).contains(" 200 ");
        } finally {
            closeAll(open);
            closeAll(refused);
            awaitEndOfStreams();
        }
    }

    private Socket openStream(String address, String province) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress("127.0.0.1", root.getPort()));
        socket.getOutputStream()
                .write(("GET /v1/things/stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                                + TestTokens.bureauToken(province) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The other test of streams needs the places. */
    private static void awaitEndOfStreams() {
        await().untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                .containsPattern("voyage_requests_running\\{[^}]*cost=\"stream\"[^}]*} 0"));
    }

    private static String readStatusLine(Socket socket) throws IOException {
        return new String(socket.getInputStream().readNBytes("HTTP/1.1 200 ".length()), StandardCharsets.US_ASCII);
    }

    @Test
    void location_begins_with_the_public_address_whatever_host_was_asked() throws Exception {
        try (var asked = send("POST /v1/things/22/A-1/touches HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"
                + "Authorization: Bearer " + TestTokens.bureauToken("22") + "\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(readAll(asked))
                    .startsWith("HTTP/1.1 201 ")
                    .containsIgnoringCase("location: https://things.example/v1/things/touches/")
                    .doesNotContain("evil.example");
        }
    }
}
