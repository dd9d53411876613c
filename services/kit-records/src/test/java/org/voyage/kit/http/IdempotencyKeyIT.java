package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class IdempotencyKeyIT {
    private static final String NDJSON = "application/x-ndjson";
    private static final String THING = "{\"name\":\"锅\"}";

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI root;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    private final String key = UUID.randomUUID().toString();

    private static RequestSpecification client(String token) {
        var asIs = EncoderConfig.encoderConfig()
                .defaultContentCharset(StandardCharsets.UTF_8)
                .appendDefaultContentCharsetToContentTypeIfUndefined(false);
        return given().config(RestAssuredConfig.config().encoderConfig(asIs))
                .auth()
                .oauth2(token)
                .contentType("application/json");
    }

    private ValidatableResponse postThing(String body) {
        return client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", "\"" + key + "\"")
                .body(body)
                .post("/v1/things")
                .then();
    }

    private void runSql(String statement) throws SQLException {
        try (var connection = dataSource.getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.setString(1, key);
            assertThat(prepared.executeUpdate()).isEqualTo(1);
        }
    }

    private boolean hasStoredKey() {
        try (var connection = dataSource.getConnection();
                var select = connection.prepareStatement(
                        "select 1 from idempotency_key where key = encode(sha256(convert_to(?, 'UTF8')), 'hex')")) {
            select.setString(1, key);
            try (var row = select.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sent_again_it_is_answered_again_and_not_done_again() {
        var first = postThing(THING)
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue())
                .extract();
        var second = postThing(THING)
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .header("X-Request-Id", not(equalTo(first.header("X-Request-Id"))))
                .extract();
        assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
        assertThat(second.contentType()).isEqualTo(first.contentType());
    }

    @Test
    void without_a_key_every_request_is_done() {
        int first = client(TestTokens.bureauToken("12"))
                .body(THING)
                .post("/v1/things")
                .path("number");
        client(TestTokens.bureauToken("12"))
                .body(THING)
                .post("/v1/things")
                .then()
                .body("number", greaterThan(first));
    }

    @Test
    void a_key_with_and_without_quotes_is_the_same() {
        int number = postThing(THING).extract().path("number");
        client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", key)
                .body(THING)
                .post("/v1/things")
                .then()
                .body("number", equalTo(number));
    }

    @Test
    void an_answer_without_a_body_is_given_again_with_its_location() {
        var request = "/v1/things/12/A-1/touches";
        var first = client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", key)
                .post(request);
        client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", key)
                .post(request)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"));
    }

    @Test
    void a_refusal_of_what_was_sent_stands_too() {
        postThing("{\"name\":7}").statusCode(422).header("Idempotency-Replayed", nullValue());
        postThing("{\"name\":7}")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:voyage:problem:invalid"))
                .header("Idempotency-Replayed", "true");
    }

    @Test
    void our_own_mistake_does_not_use_the_key_up() {
        postThing("{\"name\":\"boom\"}").statusCode(500);
        assertThat(hasStoredKey()).isFalse();
        postThing(THING).statusCode(200).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void a_body_over_the_limit_does_not_use_the_key_up() {
        postThing("{\"name\":\"" + "a".repeat(3_000_000) + "\"}").statusCode(413);
        assertThat(hasStoredKey()).isFalse();
    }

    @Test
    void another_body_path_query_or_media_type_under_the_same_key_is_refused() {
        postThing(THING).statusCode(200);
        var other = "urn:voyage:problem:idempotency-key-reused";
        postThing("{\"name\":\"碗\"}").statusCode(422).body("type", equalTo(other));
        var again = client(TestTokens.bureauToken("12")).header("Idempotency-Key", key);
        again.body(THING).post("/v1/things?limit=3").then().statusCode(422).body("type", equalTo(other));
        client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", key)
                .contentType(NDJSON)
                .body(THING.getBytes(StandardCharsets.UTF_8))
                .post("/v1/things/batches")
                .then()
                .statusCode(422)
                .body("type", equalTo(other));
        postThing(THING).statusCode(200).header("Idempotency-Replayed", "true");
    }

    @Test
    void the_same_key_of_another_client_is_another_key() {
        int number = postThing(THING).extract().path("number");
        client(TestTokens.bureauToken("32"))
                .header("Idempotency-Key", key)
                .body(THING)
                .post("/v1/things")
                .then()
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue())
                .body("number", greaterThan(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "\"", "\"a", "a\"b", "\"a\\\"b\""})
    void a_key_that_is_none_is_malformed(String header) {
        client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", header)
                .body(THING)
                .post("/v1/things")
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:voyage:problem:malformed"));
    }

    @Test
    void an_overlong_key_is_malformed() {
        client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", "k".repeat(256))
                .body(THING)
                .post("/v1/things")
                .then()
                .statusCode(400);
    }

    @Test
    void a_file_is_answered_again_with_its_batch_and_receipt() {
        var rows = "{\"sourceId\":\"" + key + "\",\"name\":\"thing\"}\n";
        var first = postFile(rows).statusCode(200).extract();
        postFile(rows)
                .statusCode(200)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"))
                .header("Voyage-Receipt", first.header("Voyage-Receipt"))
                .body("id", equalTo(first.path("id")))
                .body("counts.created", equalTo(1));
    }

    private ValidatableResponse postFile(String rows) {
        return client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", key)
                .contentType(NDJSON)
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/v1/things/batches")
                .then();
    }

    @Test
    void a_second_request_is_refused_with_a_time_to_retry_while_the_first_is_running() throws Exception {
        var rows = "{\"sourceId\":\"" + key + "\",\"name\":\"slow\"}\n";
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(20_000);
            var out = socket.getOutputStream();
            var head = "POST /v1/things/batches HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                    + TestTokens.bureauToken("12") + "\r\nContent-Type: " + NDJSON + "\r\nIdempotency-Key: " + key
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n";
            out.write((head + chunk(rows.substring(0, 5))).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::hasStoredKey);

            postFile(rows)
                    .statusCode(409)
                    .header("Retry-After", "2")
                    .body("type", equalTo("urn:voyage:problem:idempotency-key-in-use"));

            out.write((chunk(rows.substring(5)) + chunk("")).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        }
        postFile(rows).statusCode(200).header("Idempotency-Replayed", "true");
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    @Test
    void a_request_cut_off_by_a_crash_is_held_for_its_lease_and_then_carried_out_again() throws SQLException {
        int number = postThing(THING).extract().path("number");
        var crashed =
                "update idempotency_key set status = null, body_hash = null, headers = null, body = null, lease_until = ";
        runSql(crashed + "now() + interval '1 hour' where key = encode(sha256(convert_to(?, 'UTF8')), 'hex')");
        postThing(THING).statusCode(409);
        runSql(crashed + "now() - interval '1 second' where key = encode(sha256(convert_to(?, 'UTF8')), 'hex')");
        // Another request must not get the key because of the crash.
        client(TestTokens.bureauToken("12"))
                .header("Idempotency-Key", key)
                .body(THING)
                .post("/v1/things?limit=3")
                .then()
                .statusCode(422);
        postThing(THING)
                .statusCode(200)
                .header("Idempotency-Replayed", nullValue())
                .body("number", greaterThan(number));
        postThing(THING).statusCode(200).header("Idempotency-Replayed", "true");
    }

    @Test
    void a_day_later_the_key_is_free() throws SQLException {
        postThing(THING).statusCode(200);
        runSql(
                "update idempotency_key set expires_at = now() - interval '1 second' where key = encode(sha256(convert_to(?, 'UTF8')), 'hex')");
        postThing("{\"name\":\"碗\"}").statusCode(200).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void an_answer_too_long_to_keep_is_not_done_again() {
        var body = "{\"name\":\"" + "长".repeat(90) + "\"}";
        var longest = postThing(body).statusCode(200).extract().asByteArray();
        assertThat(longest).hasSizeGreaterThan(256 * 1024);
        postThing(body).statusCode(409).body("type", equalTo("urn:voyage:problem:conflict"));
    }
}
