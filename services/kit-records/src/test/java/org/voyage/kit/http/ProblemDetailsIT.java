package org.voyage.kit.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class ProblemDetailsIT {
    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URL root;

    private static RequestSpecification bureau() {
        return given().auth().oauth2(TestTokens.bureauToken("12")).urlEncodingEnabled(false);
    }

    private static RequestSpecification withBody(String body) {
        return bureau().contentType("application/json").body(body);
    }

    private static void assertProblem(ValidatableResponse response, int status, String slug) {
        response.statusCode(status)
                .contentType("application/problem+json")
                .header("X-Request-Id", not(equalTo("")))
                .body("type", equalTo("urn:voyage:problem:" + slug))
                .body("status", equalTo(status))
                .body("titleZh", not(equalTo(null)))
                .body("instance", not(equalTo(null)));
    }

    @Test
    void a_sound_request_is_answered_with_the_id_it_brought() {
        withBody("{\"name\":\"锅\",\"size\":3}")
                .header("X-Request-Id", "night-job-7")
                .put("/v1/things/12/A-1")
                .then()
                .statusCode(200)
                .header("X-Request-Id", "night-job-7")
                .body("name", equalTo("锅"));
    }

    @Test
    void an_insane_request_id_is_replaced() {
        bureau().header("X-Request-Id", "a b<script>")
                .get("/v1/things")
                .then()
                .statusCode(200)
                .header("X-Request-Id", not(containsString("script")));
    }

    @Test
    void a_request_without_a_token_is_refused() {
        assertProblem(given().get("/v1/things").then().header("WWW-Authenticate", "Bearer"), 401, "unauthenticated");
    }

    @Test
    void a_token_that_does_not_hold_is_challenged() {
        assertProblem(
                given().auth()
                        .oauth2("nonsense")
                        .get("/v1/things")
                        .then()
                        .header("WWW-Authenticate", startsWith("Bearer error=\"invalid_token\"")),
                401,
                "unauthenticated");
        var token = TestTokens.bureauToken("12");
        assertProblem(
                given().auth()
                        .oauth2(token.substring(0, token.length() - 6) + "AAAAAA")
                        .get("/v1/things")
                        .then(),
                401,
                "unauthenticated");
    }

    /** The parsers of Quarkus fail on these in ways of their own, which were answered 500. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer ..",
                "Bearer .",
                "Bearer ...",
                "Bearer ....",
                "Bearer a.b.c",
                "Bearer e30.e30.",
                "Bearer .e30.",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Bearer bnVsbA.bnVsbA.bnVsbA",
                "Bearer W10.W10.W10",
                "Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.AA",
                "Bearer eyJhbGciOjF9.e30.AA",
                "Bearer %%%.%%%.%%%",
                "Bearer",
                "Bearer  ",
                "bearer ..",
                "Basic Og==",
                "Basic ..",
                "DPoP a.b.c",
                "Negotiate AAAA",
                ".."
            })
    void a_header_that_holds_no_token_is_not_authenticated(String authorization) {
        assertProblem(
                given().header("Authorization", authorization).get("/v1/things").then(), 401, "unauthenticated");
    }

    static Stream<Map<String, @Nullable Object>> hostileClaims() {
        Map<String, @Nullable Object> noName = new HashMap<>();
        noName.put("sub", null);
        Map<String, @Nullable Object> noEnd = new HashMap<>();
        noEnd.put("exp", null);
        Map<String, @Nullable Object> noAudience = new HashMap<>();
        noAudience.put("aud", null);
        return Stream.of(
                noName,
                noEnd,
                noAudience,
                Map.of("sub", 12),
                Map.of("sub", List.of("bureau-12")),
                Map.of("sub", ""),
                Map.of("sub", "a\u0000b"),
                Map.of("sub", "x".repeat(3000)),
                Map.of("exp", 1_000_000_000_000_000_000L),
                Map.of("exp", new BigInteger("9".repeat(40))),
                Map.of("exp", -1),
                Map.of("exp", 1_000_000_000.5),
                Map.of("exp", "soon"),
                Map.of("exp", List.of()),
                Map.of("iat", "never"),
                Map.of("nbf", 1_000_000_000_000_000_000L),
                Map.of("nbf", Map.of()),
                Map.of("aud", 7),
                Map.of("iss", 7));
    }

    /** A token without `sub` or with an end in a million years was answered 500. */
    @ParameterizedTest
    @MethodSource("hostileClaims")
    void a_signed_token_with_unusable_claims_is_not_authenticated(Map<String, @Nullable Object> claims) {
        String token = TestTokens.signToken(claims);
        for (int repeated = 0; repeated < 2; repeated++) {
            assertProblem(given().auth().oauth2(token).get("/v1/things").then(), 401, "unauthenticated");
        }
    }

    static Stream<Map<String, @Nullable Object>> powerlessClaims() {
        return Stream.of(
                Map.of("roles", 7),
                Map.of("roles", Map.of("bureau", true)),
                Map.of("roles", List.of(List.of("bureau"))),
                Map.of("roles", List.of(1, 2)),
                Map.of("roles", ""),
                Map.of("province", 12),
                Map.of("province", List.of("12")),
                Map.of("province", "12\u0000"),
                Map.of("province", "x".repeat(3000)));
    }

    @ParameterizedTest
    @MethodSource("powerlessClaims")
    void a_signed_token_whose_rights_cannot_be_read_has_none(Map<String, @Nullable Object> claims) {
        int status = given().auth()
                .oauth2(TestTokens.signToken(claims))
                .get("/v1/things")
                .statusCode();
        assertThat(status).isIn(401, 403);
    }

    /** A NumericDate of RFC 7519 may have decimals. */
    static Stream<Map<String, @Nullable Object>> usualClaims() {
        double now = System.currentTimeMillis() / 1000.0;
        return Stream.of(
                Map.of(),
                Map.of("exp", now + 60.25),
                Map.of("exp", BigDecimal.valueOf(now + 60).setScale(1, RoundingMode.DOWN)),
                Map.of("iat", now - 0.5),
                Map.of("nbf", now - 1.75, "exp", now + 60));
    }

    @ParameterizedTest
    @MethodSource("usualClaims")
    void a_signed_token_with_the_usual_claims_is_served(Map<String, @Nullable Object> claims) {
        given().auth()
                .oauth2(TestTokens.signToken(claims))
                .get("/v1/things")
                .then()
                .statusCode(200);
    }

    @Test
    void another_province_is_absent_in_the_same_words_as_nothing() {
        var other =
                bureau().header("X-Request-Id", "same").get("/v1/things/32/A-1").then();
        assertProblem(other, 404, "not-found");
        var nothing = bureau().header("X-Request-Id", "same").get("/v1/nowhere").then();
        assertThat(other.extract().asString()).isEqualTo(nothing.extract().asString());
    }

    @Test
    void operators_read_and_do_not_write() {
        given().auth()
                .oauth2(TestTokens.operatorToken())
                .get("/v1/things/32/A-1")
                .then()
                .statusCode(200);
        assertProblem(
                given().auth()
                        .oauth2(TestTokens.operatorToken())
                        .contentType("application/json")
                        .body("{\"name\":\"x\"}")
                        .put("/v1/things/32/A-1")
                        .then(),
                403,
                "forbidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/v1/nowhere", "/v1/things/12/a/b/c", "/v1/batches/7", "/q/nowhere"})
    void an_unknown_path_is_not_found(String path) {
        assertProblem(bureau().get(path).then(), 404, "not-found");
    }

    @Test
    void a_wrong_method_a_wrong_type_and_a_wrong_accept_header_are_distinguished() {
        assertProblem(
                bureau().patch("/v1/things/12/A-1").then().header("Allow", containsString("PUT")),
                405,
                "method-not-allowed");
        assertProblem(
                bureau().contentType("text/plain")
                        .body("x")
                        .put("/v1/things/12/A-1")
                        .then(),
                415,
                "unsupported-media-type");
        assertProblem(bureau().accept("image/png").get("/v1/things").then(), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "\"x\"",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\"} {}",
                "{\"size\":NaN}",
                "{\"size\":01}",
                "{'name':'a'}",
                "{\"name\":\"a\tb\"}",
                "{\"name\":\"\\ud8\"}",
                "{\"name\":/*c*/\"a\"}"
            })
    void what_is_no_json_object_is_malformed(String body) {
        assertProblem(withBody(body).put("/v1/things/12/A-1").then(), 400, "malformed");
    }

    @Test
    void deep_and_endless_json_is_malformed() {
        assertProblem(withBody("[".repeat(500)).put("/v1/things/12/A-1").then(), 400, "malformed");
        assertProblem(
                withBody("{\"a\":".repeat(40) + "1" + "}".repeat(40))
                        .put("/v1/things/12/A-1")
                        .then(),
                400,
                "malformed");
        assertProblem(
                withBody("{\"size\":" + "9".repeat(5000) + "}")
                        .put("/v1/things/12/A-1")
                        .then(),
                400,
                "malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void bytes_that_are_not_utf_8_are_malformed(String charset) {
        assertProblem(
                bureau().contentType("application/json")
                        .body("{\"name\":\"中文\"}".getBytes(Charset.forName(charset)))
                        .put("/v1/things/12/A-1")
                        .then(),
                400,
                "malformed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":null}",
                "{\"name\":7}",
                "{\"name\":\"\"}",
                "{\"name\":\" a\"}",
                "{\"name\":\"\\u0000\"}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"a\",\"size\":1.5}",
                "{\"name\":\"a\",\"size\":1e999}",
                "{\"name\":\"a\",\"size\":99999999999999999999}",
                "{\"name\":\"a\",\"size\":\"3\"}",
                "{\"name\":\"a\",\"\\u0000\":1}",
                "{\"name\":\"a\",\"nane\":1}"
            })
    void what_breaks_a_rule_is_invalid_and_says_where(String body) {
        assertProblem(
                withBody(body).put("/v1/things/12/A-1").then().body("errors[0].pointer", startsWith("/")),
                422,
                "invalid");
    }

    @Test
    void a_misspelt_property_is_given_the_nearest_name() {
        withBody("{\"nmae\":\"a\"}")
                .put("/v1/things/12/A-1")
                .then()
                .body("errors.rule", hasItem("unknown-property"))
                .body("errors.detail", hasItem(containsString("Did you mean name?")));
    }

    @Test
    void a_body_over_the_limit_is_too_large() {
        assertProblem(
                withBody("{\"name\":\"" + "a".repeat(1_100_000) + "\"}")
                        .put("/v1/things/12/A-1")
                        .then(),
                413,
                "too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=1001",
                "limit=x",
                "limit=",
                "limit",
                "updatedAfter=&limit=1",
                "limit=1&limit=2",
                "limt=3",
                "cursor=AAAA",
                "cursor=%F0%9F",
                "updatedAfter=yesterday",
                "updatedAfter=2026-02-30T00:00:00Z",
                "updatedAfter=99999-01-01T00:00:00Z",
                "%00=1",
                "limit=%00",
                "a%zz=1",
                "%"
            })
    void a_query_that_cannot_be_meant_is_malformed(String query) throws IOException {
        assertThat(sendRaw("GET /v1/things?" + query))
                .startsWith("HTTP/1.1 400")
                .contains("urn:voyage:problem:malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A%00B", "%FF", "%C0%80", "%ED%A0%80", "%0A", "%20A", "A%", "A%2", "A%E2%80%A8"})
    void a_source_id_in_the_path_that_cannot_be_stored_is_malformed(String id) throws IOException {
        assertThat(sendRaw("GET /v1/things/12/" + id))
                .startsWith("HTTP/1.1 400")
                .contains("urn:voyage:problem:malformed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A-1/..", "A-1/%2e%2e", "A-1/../A-2", "A-1/."})
    void a_write_whose_path_names_another_object_than_it_shows_is_malformed(String id) throws IOException {
        assertThat(sendRaw("DELETE /v1/things/12/" + id))
                .startsWith("HTTP/1.1 400")
                .contains("urn:voyage:problem:malformed", "路径段");
    }

    @Test
    void an_overlong_source_id_is_malformed() {
        assertProblem(bureau().get("/v1/things/12/" + "x".repeat(121)).then(), 400, "malformed");
    }

    @Test
    void an_overlong_path_does_not_harm() throws IOException {
        assertThat(sendRaw("GET /v1/things/12/" + "x".repeat(9000)))
                .startsWith("HTTP/1.1 400")
                .contains("urn:voyage:problem:malformed");
    }

    @Test
    void a_value_that_only_the_database_refuses_is_no_error_of_ours() {
        assertProblem(bureau().delete("/v1/things/12/A-1").then(), 400, "malformed");
    }

    @Test
    void our_own_mistake_shows_nothing_of_the_inside() {
        var answer = withBody("{\"name\":\"boom\"}").put("/v1/things/12/A-1").then();
        assertProblem(answer, 500, "internal");
        assertThat(answer.extract().asString()).doesNotContain("secret", "Exception", "org.voyage");
    }

    private String sendRaw(String request) throws IOException {
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                                    + TestTokens.bureauToken("12") + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
