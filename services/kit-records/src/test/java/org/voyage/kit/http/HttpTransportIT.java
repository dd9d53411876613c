package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of compression, HTTP/2, request ids and caching. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@QuarkusTestResource(TestCertificateResource.class)
class HttpTransportIT {
    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    @TestHTTPResource(value = "/", tls = true)
    @SuppressWarnings("NullAway.Init")
    URI secure;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Vertx vertx;

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(root.resolve(path))
                .header("Authorization", "Bearer " + TestTokens.bureauToken("12"));
    }

    private static HttpResponse<byte[]> send(HttpRequest request, HttpClient.Version version) throws Exception {
        try (var http = HttpClient.newBuilder().version(version).build()) {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void a_browser_at_the_root_is_led_to_the_dashboard_and_a_program_is_not() {
        given().redirects()
                .follow(false)
                .accept("text/html,application/xhtml+xml")
                .get("/")
                .then()
                .statusCode(303)
                .header("Location", equalTo("http://localhost:8087/"));
        given().redirects().follow(false).accept("*/*").get("/").then().header("Location", nullValue());
    }

    @Test
    void an_answer_is_packed_for_who_asks_for_it() throws Exception {
        var answer =
                send(request("/v1/things").header("Accept-Encoding", "gzip").build(), HttpClient.Version.HTTP_1_1);
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(answer.headers().firstValue("Vary"))
                .hasValueSatisfying(vary -> assertThat(vary).contains("Accept-Encoding", "Authorization"));
        try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).startsWith("{");
        }
    }

    @Test
    void an_answer_is_left_as_it_is_for_who_does_not() throws Exception {
        var answer = send(request("/v1/things").build(), HttpClient.Version.HTTP_1_1);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{");
    }

    @Test
    void a_problem_is_short_and_comes_as_it_is() throws Exception {
        var answer = send(
                request("/v1/things?limit=0").header("Accept-Encoding", "gzip").build(), HttpClient.Version.HTTP_1_1);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{");
    }

    @Test
    void what_is_not_packed_says_nothing_of_packing() throws Exception {
        for (var path : new String[] {"/v1/things", "/v1/things?limit=0", "/v1/nowhere"}) {
            var answer = send(request(path).build(), HttpClient.Version.HTTP_1_1);
            assertThat(answer.headers().firstValue("Content-Encoding")).as(path).isEmpty();
        }
    }

    private static io.restassured.response.ValidatableResponse put(String encoding, byte[] body) {
        return given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .contentType("application/json")
                .header("Content-Encoding", encoding)
                .body(body)
                .put("/v1/things/12/A-1")
                .then();
    }

    @Test
    void a_packed_json_body_is_read() throws IOException {
        put("gzip", gzip("{\"name\":\"锅\"}".getBytes(StandardCharsets.UTF_8)))
                .statusCode(200)
                .body("name", equalTo("锅"));
    }

    @Test
    void a_small_packet_that_unpacks_to_too_much_is_too_large() throws IOException {
        var bomb = gzip(("{\"name\":\"" + "a".repeat(50_000_000) + "\"}").getBytes(StandardCharsets.UTF_8));
        assertThat(bomb.length).isLessThan(100_000);
        put("gzip", bomb).statusCode(413).body("type", equalTo("urn:voyage:problem:too-large"));
    }

    @Test
    void what_is_not_whole_gzip_is_malformed_and_another_packing_unsupported() throws IOException {
        var packed = gzip("{\"name\":\"a thing\"}".getBytes(StandardCharsets.UTF_8));
        put("gzip", java.util.Arrays.copyOf(packed, packed.length - 9)).statusCode(400);
        put("gzip", "{\"name\":\"a\"}".getBytes(StandardCharsets.UTF_8)).statusCode(400);
        put("br", packed).statusCode(415);
    }

    @Test
    void http_2_is_spoken_over_tls() throws Exception {
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false));
        try {
            var answer = client.request(HttpMethod.GET, secure.getPort(), secure.getHost(), "/v1/things")
                    .compose(request -> request.putHeader("Authorization", "Bearer " + TestTokens.bureauToken("12"))
                            .send())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(answer).extracting(HttpClientResponse::statusCode).isEqualTo(200);
        } finally {
            client.close();
        }
    }

    /** The server held a body that came with the upgrade in memory: a large file exhausted the heap of the service. */
    @Test
    void who_asks_for_http_2_without_tls_is_served_by_http_1() throws Exception {
        var rows = "{\"province\":\"12\",\"sourceId\":\"H2\",\"name\":\"锅\"}\n".repeat(2_000);
        var answer = send(
                request("/v1/things/batches")
                        .header("Content-Type", "application/x-ndjson")
                        .POST(HttpRequest.BodyPublishers.ofString(rows))
                        .build(),
                HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void a_small_body_may_come_in_pieces_or_not_at_all() throws Exception {
        var body = "{\"name\":\"pot\"}";
        var head = "PUT /v1/things/12/PIECES HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + TestTokens.bureauToken("12") + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n";
        try (var leaving = new Socket(root.getHost(), root.getPort())) {
            leaving.getOutputStream().write((head + body.substring(0, 3)).getBytes(StandardCharsets.US_ASCII));
        }
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((head + body.substring(0, 3)).getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200);
            socket.getOutputStream().write(body.substring(3).getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("pot");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /",
                "GET /q/health",
                "GET /q/metrics",
                "GET /q/openapi",
                "GET /docs/",
                "GET /nowhere",
                "GET /v1/nowhere",
                "GET /v1/things?limit=0",
                "GET /v1/things/32/A",
                "GET /%zz",
                "GET /v1/%FF",
                "PATCH /v1/things",
                "OPTIONS /v1/things",
                "HEAD /v1/things",
                "TRACE /v1/things"
            })
    void the_request_id_comes_back_whatever_the_answer(String line) throws IOException {
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: mine-7\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            var head =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0];
            assertThat(head.lines().map(String::toLowerCase)).contains("x-request-id: mine-7");
        }
    }

    private String exchange(String request) throws IOException {
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({"nonsense,,400,malformed", "GET,,400,malformed", "GET /,100000,414,uri-too-long"})
    void a_request_line_that_the_server_cannot_read_is_a_problem_document(
            String line, @Nullable Integer padding, int status, String slug) throws IOException {
        var request = padding == null ? line : line + "x".repeat(padding) + " HTTP/1.1";
        assertThat(exchange(request + "\r\nHost: x\r\nX-Request-Id: mine-8\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("content-type: application/problem+json")
                .containsIgnoringCase("x-request-id: ")
                .contains("urn:voyage:problem:" + slug);
    }

    @Test
    void headers_that_the_server_cannot_read_are_a_problem_document() throws IOException {
        assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("urn:voyage:problem:headers-too-large");
        assertThat(exchange("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("urn:voyage:problem:malformed");
    }

    private static String postHead(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\nAuthorization: Bearer "
                + TestTokens.bureauToken("12") + "\r\n" + headers + "\r\n";
    }

    /** Four gigabytes were waited for before they were refused. */
    @ParameterizedTest
    @CsvSource({"/v1/things,application/json,4294967296", "/v1/things/batches,text/csv,99999999999"})
    void a_body_too_large_by_its_own_account_is_refused_before_it_comes(String path, String type, String length)
            throws IOException {
        assertThat(exchange(postHead(path, "Content-Type: " + type + "\r\nContent-Length: " + length + "\r\n")))
                .startsWith("HTTP/1.1 413 ")
                .contains("urn:voyage:problem:too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: */*\r\n",
                "Content-Type: application/*\r\n",
                "Content-Type: text/plain\r\nContent-Type: application/json\r\n",
                "Content-Type: application/json, text/plain\r\n",
                "Content-Type: application/json; charset=gbk\r\n",
                "Content-Type: nonsense\r\n",
                "Content-Type: \r\n"
            })
    void a_body_whose_media_type_is_not_named_is_not_taken(String type) throws IOException {
        assertThat(exchange(postHead("/v1/things", type + "Content-Length: 14\r\n") + "{\"name\":\"pot\"}"))
                .startsWith("HTTP/1.1 415 ")
                .contains("urn:voyage:problem:unsupported-media-type");
    }

    @Test
    void location_is_a_path_and_never_built_from_the_host_header() throws IOException {
        var row = "{\"province\":\"12\",\"sourceId\":\"HOST\",\"name\":\"pot\"}\n";
        assertThat(exchange(postHead(
                                "/v1/things/batches",
                                "Content-Type: application/x-ndjson\r\nContent-Length: " + row.length() + "\r\n")
                        + row))
                .startsWith("HTTP/1.1 200 ")
                .containsIgnoringCase("location: /v1/batches/")
                .doesNotContain("evil.example");
    }

    @Test
    void an_answer_is_cached_by_its_caller_only() {
        for (var path : new String[] {"/v1/things", "/v1/things?limit=0", "/v1/nowhere", "/v1/%FF"}) {
            given().auth()
                    .oauth2(TestTokens.bureauToken("12"))
                    .urlEncodingEnabled(false)
                    .get(path)
                    .then()
                    .header("Cache-Control", "private, no-cache")
                    .header("Vary", "Accept, Accept-Encoding, Authorization");
        }
    }

    /** With both headers a cache could follow either. */
    @Test
    void what_a_resource_says_of_keeping_its_answer_stands_alone() {
        var answer = given().auth()
                .oauth2(TestTokens.bureauToken("12"))
                .get("/v1/things/kept")
                .then()
                .statusCode(200);

        assertThat(answer.extract().headers().getValues("Cache-Control")).containsExactly("private, max-age=60");
    }
}
