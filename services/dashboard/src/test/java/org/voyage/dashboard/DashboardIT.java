package org.voyage.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.TokenIssuer;

/** Test of two packaged instances through their front door, with the local issuer and a recording service behind them. */
class DashboardIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final String[] OWN_WRITE = {"X-Voyage-Request", "1", "Content-Type", "application/json"};

    @TempDir
    static Path folder;

    private static TokenIssuer issuer;
    private static RecordingService service;
    private static DashboardProcess first;
    private static DashboardProcess second;

    @BeforeAll
    static void start() throws Exception {
        issuer = TokenIssuer.start(folder.resolve("issuer"), LoopbackPorts.findFreePort());
        service = RecordingService.start();
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                issuer.url(),
                "VOYAGE_DASHBOARD_SERVICES_OVERSEAS",
                service.url(),
                "VOYAGE_DASHBOARD_SERVICES_FEEDS",
                "http://127.0.0.1:" + LoopbackPorts.findFreePort(),
                "QUARKUS_OIDC_AUTHENTICATION_COOKIE_SUFFIX",
                "8080",
                "VOYAGE_DASHBOARD_SESSION_CHECK",
                "500ms"));
        first = DashboardProcess.start(folder, environment);
        second = DashboardProcess.start(folder, environment);
        first.awaitReady();
        second.awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        second.close();
        first.close();
        service.close();
        issuer.close();
    }

    @Test
    void every_unknown_path_is_the_page_and_only_its_hashed_files_are_kept() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            HttpResponse<String> page = browser.get(first.url() + "/explore/overseas-schools?by=year");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body())
                    .isEqualTo(browser.get(first.url() + "/").body())
                    .contains("<div id=\"root\">");
            assertThat(page.headers().allValues("Cache-Control")).containsExactly("no-cache");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(page.headers().map())
                    .containsKeys("x-content-type-options", "referrer-policy", "x-frame-options");
            String script = Pattern.compile("/assets/[^\"]+\\.js")
                    .matcher(page.body())
                    .results()
                    .map(MatchResult::group)
                    .findFirst()
                    .orElseThrow();
            HttpResponse<String> kept = browser.get(first.url() + script, "Accept-Encoding", "gzip");
            assertThat(kept.headers().allValues("Cache-Control"))
                    .containsExactly("public, max-age=31536000, immutable");
            assertThat(kept.headers().allValues("Content-Encoding")).containsExactly("gzip");
            HttpResponse<String> absent = browser.get(first.url() + "/assets/absent-1.js");
            assertThat(absent.statusCode()).isEqualTo(404);
            assertThat(absent.headers().allValues("Cache-Control")).containsExactly("no-store");
        }
    }

    @Test
    void the_reference_needs_no_session_and_only_its_policy_allows_style_attributes() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            String strict = browser.get(first.url() + "/about")
                    .headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow();
            assertThat(strict).doesNotContain("unsafe");
            for (String path : new String[] {"/reference", "/en/reference"}) {
                HttpResponse<String> page = browser.get(first.url() + path);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.body()).contains("<div id=\"reference\">");
                assertThat(page.headers().allValues("Content-Security-Policy"))
                        .containsExactly(strict + "; style-src 'self' 'unsafe-inline'");
            }
        }
    }

    @Test
    void metrics_are_for_operators_who_have_signed_in() throws Exception {
        try (CookieBrowser operator = new CookieBrowser();
                CookieBrowser bureau = new CookieBrowser()) {
            operator.signIn(first.url(), "wang-fang", "/");
            bureau.signIn(first.url(), "chen-jing", "/");
            assertThat(operator.get(first.url() + "/api/overseas/q/metrics").statusCode())
                    .isEqualTo(200);
            assertThat(bureau.get(first.url() + "/api/overseas/q/metrics").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void without_a_session_nothing_is_forwarded_and_no_request_is_redirected() throws Exception {
        int before = service.received().size();
        try (CookieBrowser browser = new CookieBrowser()) {
            for (String path : new String[] {"/session", "/api/overseas/v1/record", "/api/feeds/v1/x"}) {
                HttpResponse<String> answer = browser.get(first.url() + path);
                assertThat(answer.statusCode()).as(path).isEqualTo(401);
                assertThat(new JsonObject(answer.body()).getString("titleZh")).isEqualTo("未通过身份验证");
            }
            for (String path :
                    new String[] {"/api/nothing/v1/x", "/api/overseas/q/metrics", "/api/overseas/v1/../q/metrics"}) {
                assertThat(browser.get(first.url() + path).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
        assertThat(service.received()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({
        "wang-fang,operator,,",
        "li-jian,auditor,,",
        "zhao-min,privacy-officer,,",
        "chen-jing,bureau,12,",
        "zhou-wei,bureau,32,",
        "huang-li,bureau,45,",
        "sun-hao,alliance,,WFCP"
    })
    void a_person_signs_in_and_the_services_know_who_it_is_but_the_page_gets_no_token(
            String person, String role, String province, String alliance) throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            HttpResponse<String> back = browser.signIn(first.url(), person, "/bureaus?year=2025&service=overseas");
            assertThat(CookieBrowser.location(back)).isEqualTo(first.url() + "/bureaus?year=2025&service=overseas");

            JsonObject session =
                    new JsonObject(browser.get(first.url() + "/session").body());
            assertThat(session.getString("role")).isEqualTo(role);
            assertThat(session.getString("province")).isEqualTo(province);
            assertThat(session.getString("alliance")).isEqualTo(alliance);
            assertThat(session.getString("name")).isNotBlank();

            browser.get(first.url() + "/api/overseas/v1/record?by=year&list=%E4%B8%80");
            RecordingService.Received request = service.last();
            assertThat(request.uri()).isEqualTo("/v1/record?by=year&list=%E4%B8%80");
            assertThat(request.headers()).doesNotContainKey("Cookie");
            String token = request.headers().getFirst("Authorization").substring("Bearer ".length());
            assertThat(claims(token).getString("sub")).isEqualTo(person);
            assertThat(claims(token).getJsonArray("roles")).containsExactly(role);
            assertThat(claims(token).getString("aud")).isEqualTo("voyage");

            String signature = token.substring(token.lastIndexOf('.'));
            assertThat(browser.allAnswers()).doesNotContain(signature).doesNotContain("access_token");
            assertThat(browser.allAnswers()).contains("HTTPOnly").contains("SameSite=Lax");
            assertThat(browser.sessionCookies()).isNotEmpty().allMatch(cookie -> cookie.isHttpOnly());
        }
    }

    private static JsonObject claims(String token) {
        return new JsonObject(
                new String(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]), StandardCharsets.UTF_8));
    }

    @Test
    void the_sign_in_leads_to_no_other_host() throws Exception {
        for (String elsewhere : new String[] {"//evil.example", "/\\evil.example", "https://evil.example"}) {
            try (CookieBrowser browser = new CookieBrowser()) {
                HttpResponse<String> back = browser.signIn(first.url(), "wang-fang", elsewhere);
                assertThat(CookieBrowser.location(back)).as(elsewhere).isEqualTo(first.url() + "/");
            }
        }
        try (CookieBrowser browser = new CookieBrowser()) {
            assertThat(browser.get(first.url() + "/sign-in?return=%2F%09%2Fevil.example")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void a_write_of_another_site_is_refused_and_one_of_the_page_passes() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(first.url(), "chen-jing", "/");
            String record = first.url() + "/api/overseas/v1/record/12/A";
            int before = service.received().size();
            String[][] foreign = {
                {"Content-Type", "text/plain"},
                {"X-Voyage-Request", "1", "Sec-Fetch-Site", "cross-site"},
                {"X-Voyage-Request", "1", "Sec-Fetch-Site", "same-site"},
                {"X-Voyage-Request", "1", "Origin", "http://localhost:1"},
                {"X-Voyage-Request", "1", "Origin", "null"},
            };
            for (String[] headers : foreign) {
                assertThat(browser.post(record, headers).statusCode()).isEqualTo(403);
                assertThat(browser.post(first.url() + "/sign-out", headers).statusCode())
                        .isEqualTo(403);
            }
            assertThat(service.received()).hasSize(before);
            assertThat(browser.post(record, "X-Voyage-Request", "1", "Origin", first.url())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(service.last().uri()).isEqualTo("/v1/record/12/A");
        }
    }

    @Test
    void a_program_with_its_own_token_passes_unchanged_without_a_session() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(first.url(), "chen-jing", "/");
            HttpResponse<String> answer =
                    browser.post(first.url() + "/api/overseas/v1/record", "Authorization", "Bearer of-the-program");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(service.last().headers().get("Authorization")).containsExactly("Bearer of-the-program");
            assertThat(service.last().headers()).doesNotContainKey("Cookie");
        }
    }

    @Test
    void the_address_that_a_service_learns_is_that_of_the_connection() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.get(
                    first.url() + "/api/overseas/v1/record",
                    "Authorization",
                    "Bearer x",
                    "X-Forwarded-For",
                    "203.0.113.7",
                    "Forwarded",
                    "for=203.0.113.7",
                    "X-Real-IP",
                    "203.0.113.7");
            assertThat(service.last().headers().get("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(service.last().headers()).doesNotContainKeys("Forwarded", "X-Real-IP");
        }
    }

    @Test
    void a_long_file_passes_through_a_small_heap_in_both_directions() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(first.url(), "chen-jing", "/");
            for (boolean expectContinue : new boolean[] {false, true}) {
                HttpResponse<String> stored = browser.send(
                        CookieBrowser.request(first.url() + "/api/overseas/v1/batches?dryRun=true", OWN_WRITE)
                                .expectContinue(expectContinue)
                                .POST(BodyPublishers.ofInputStream(() -> new ZeroBytes(RecordingService.LARGE_BYTES))));
                assertThat(stored.body()).isEqualTo(Long.toString(RecordingService.LARGE_BYTES));
                assertThat(stored.headers().firstValue("Location")).contains("/api/overseas/v1/batches/7");
                assertThat(stored.headers().firstValue("Link"))
                        .contains("</api/overseas/v1/batches/7/rows>; rel=\"item\"");
            }
            try (InputStream download = browser.openStream(first.url() + "/api/overseas/v1/large")) {
                assertThat(download.transferTo(java.io.OutputStream.nullOutputStream()))
                        .isEqualTo(RecordingService.LARGE_BYTES);
            }
        }
        assertThat(first.isRunning()).as(first.readLog()).isTrue();
    }

    @Test
    void what_a_service_has_packed_stays_packed_once() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            HttpResponse<byte[]> answer = browser.send(
                    CookieBrowser.request(
                            first.url() + "/api/overseas/v1/packed",
                            "Authorization",
                            "Bearer x",
                            "Accept-Encoding",
                            "gzip"),
                    BodyHandlers.ofByteArray());
            assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("gzip");
            assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
            try (var unpacked = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
                assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("packed by the service");
            }
        }
    }

    @Test
    void a_stream_is_sent_as_it_comes_and_ends_at_the_service_when_its_reader_leaves() throws Exception {
        int before = service.openStreams();
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(first.url(), "wang-fang", "/");
            InputStream stream = browser.openStream(first.url() + "/api/overseas/v1/stream");
            assertThat(stream.readNBytes(13)).isEqualTo("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            assertThat(service.openStreams()).isEqualTo(before + 1);
            stream.close();
            await().atMost(TIMEOUT).until(() -> service.openStreams() == before);
        }
    }

    @Test
    void sign_out_ends_the_session_and_its_streams_on_every_instance() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(first.url(), "wang-fang", "/");
            InputStream here = browser.openStream(first.url() + "/api/overseas/v1/stream");
            InputStream there = browser.openStream(second.url() + "/api/overseas/v1/stream");
            try (CookieBrowser thief = browser.copy()) {
                assertThat(thief.get(first.url() + "/session").statusCode()).isEqualTo(200);

                assertThat(browser.post(first.url() + "/sign-out", OWN_WRITE).statusCode())
                        .isEqualTo(204);

                assertEnds(here);
                assertEnds(there);
                assertThat(browser.sessionCookies()).isEmpty();
                assertThat(thief.get(first.url() + "/session").statusCode()).isEqualTo(401);
                await().atMost(TIMEOUT)
                        .until(() -> thief.get(second.url() + "/session").statusCode() == 401);
            }
        }
    }

    @Test
    void another_platform_on_the_same_host_keeps_its_session() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.addCookie("voyage_session_18080", "of-another-platform");
            browser.addCookie("q_session_Default_18080", "of-another-platform");

            browser.signIn(first.url(), "wang-fang", "/");
            assertThat(browser.get(first.url() + "/session").statusCode()).isEqualTo(200);
            browser.post(first.url() + "/sign-out", OWN_WRITE);
            assertThat(browser.get(first.url() + "/session").statusCode()).isEqualTo(401);

            assertThat(browser.sessionCookies())
                    .hasSize(2)
                    .allMatch(cookie -> cookie.getValue().equals("of-another-platform"));
        }
    }

    private static void assertEnds(InputStream stream) {
        assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    }

    @Test
    void a_session_survives_a_crash_of_the_instance() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(second.url(), "li-jian", "/");
            second.restartProcess();
            assertThat(browser.get(second.url() + "/session").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_service_that_does_not_answer_is_a_problem_with_a_time_to_try_again() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signIn(first.url(), "sun-hao", "/");
            HttpResponse<String> answer = browser.get(first.url() + "/api/feeds/v1/feeds");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json;charset=UTF-8");
            assertThat(new JsonObject(answer.body()).getString("detailZh")).contains("请数秒后重试");
        }
    }
}
