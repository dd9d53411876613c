package org.voyage.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.LoopbackPorts;

/** Test of the life of sessions on two instances, with a provider that rotates refresh tokens. */
class SessionIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration SHORT_LIFE = Duration.ofSeconds(2);
    private static final boolean IS_LONG_RUN = Boolean.getBoolean("voyage.test.long");
    /** Within this time each instance notices the end of a session. */
    private static final Duration CHECK = Duration.ofSeconds(IS_LONG_RUN ? 15 : 3);
    /** Less than the checks of all open pages take one after the other. */
    private static final Duration CHECK_LIMIT = CHECK.plusSeconds(12);
    /** Both forms need 50 checks a second. */
    private static final int OPEN_PAGES = IS_LONG_RUN ? 750 : 150;

    private static final int PARALLEL_REQUESTS = 12;
    private static final String[] OWN_WRITE = {"X-Voyage-Request", "1", "Content-Type", "application/json"};
    private static final String API = "/api/overseas/v1/record";

    @TempDir
    static Path folder;

    private static RotatingProvider provider;
    private static RecordingService service;
    private static DashboardProcess first;
    private static DashboardProcess second;

    @BeforeAll
    static void start() throws Exception {
        provider = RotatingProvider.start(LoopbackPorts.findFreePort());
        service = RecordingService.start();
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_OIDC_AUTH_SERVER_URL",
                provider.url(),
                "VOYAGE_DASHBOARD_SERVICES_OVERSEAS",
                service.url(),
                "VOYAGE_DASHBOARD_SESSION_CHECK",
                CHECK.toSeconds() + "s"));
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
        provider.close();
    }

    @AfterEach
    void calmProvider() {
        provider.setLife(Duration.ofMinutes(10));
        provider.setCheckTime(Duration.ZERO);
    }

    /** Returns the browser of a person whose access token has expired. */
    private static CookieBrowser signInLongAgo(String person) throws Exception {
        provider.setLife(SHORT_LIFE);
        CookieBrowser browser = new CookieBrowser();
        browser.signInAtOnce(first.url(), person);
        Instant expiry = Instant.now().plus(SHORT_LIFE);
        provider.setLife(Duration.ofMinutes(10));
        await().atMost(TIMEOUT).until(() -> Instant.now().isAfter(expiry));
        return browser;
    }

    private static int statusOf(CookieBrowser browser, DashboardProcess at) throws Exception {
        return browser.get(at.url() + "/session").statusCode();
    }

    @Test
    void parallel_requests_of_one_page_refresh_once_and_all_are_answered() throws Exception {
        try (CookieBrowser browser = signInLongAgo("wang-fang")) {
            CookieBrowser stale = browser.copy();
            int before = provider.refreshes();

            assertThat(sendTogether(() -> browser.get(first.url() + API)))
                    .extracting(HttpResponse::statusCode)
                    .containsOnly(200);

            assertThat(provider.refreshes()).isEqualTo(before + 1);
            // A page that was left before the new cookies came shows the old ones.
            assertThat(statusOf(stale, first)).isEqualTo(200);
            assertThat(statusOf(stale, second)).isEqualTo(200);
            assertThat(provider.refreshes()).isEqualTo(before + 1);
        }
    }

    private static List<HttpResponse<String>> sendTogether(Callable<HttpResponse<String>> request) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> each :
                    threads.invokeAll(java.util.Collections.nCopies(PARALLEL_REQUESTS, request))) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    @Test
    void an_instance_that_refreshes_too_late_keeps_the_session_for_the_tokens_of_the_other_one() throws Exception {
        try (CookieBrowser browser = signInLongAgo("wang-fang")) {
            CookieBrowser slower = browser.copy();
            assertThat(statusOf(browser, first)).isEqualTo(200);

            HttpResponse<String> answer = slower.get(second.url() + API);

            requireNotRenewed(answer);
            assertThat(slower.sessionCookies()).isNotEmpty();
            assertThat(statusOf(browser, second)).isEqualTo(200);
        }
    }

    private static void requireNotRenewed(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json;charset=UTF-8");
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(new JsonObject(answer.body()).getString("detailZh")).contains("您仍处于登录状态");
    }

    @Test
    void an_outage_of_the_provider_keeps_every_session() throws Exception {
        try (CookieBrowser fresh = new CookieBrowser();
                CookieBrowser expired = signInLongAgo("li-jian")) {
            fresh.signInAtOnce(first.url(), "wang-fang");
            provider.goAway();
            try {
                assertThat(statusOf(fresh, first)).isEqualTo(200);
                requireNotRenewed(expired.get(first.url() + "/session"));
                requireNotRenewed(expired.get(first.url() + API));
                requireNotRenewed(expired.post(first.url() + API, OWN_WRITE));
            } finally {
                provider.comeBack();
            }
            await().atMost(TIMEOUT).until(() -> statusOf(expired, first) == 200);
            assertThat(statusOf(fresh, first)).isEqualTo(200);
        }
    }

    @Test
    void a_silent_provider_stops_no_session_with_valid_tokens_and_its_late_answer_counts() throws Exception {
        try (CookieBrowser fresh = new CookieBrowser();
                CookieBrowser expired = signInLongAgo("li-jian")) {
            fresh.signInAtOnce(first.url(), "wang-fang");
            provider.fallSilent();
            try {
                assertThat(statusOf(fresh, first)).isEqualTo(200);
                requireNotRenewed(expired.get(first.url() + "/session"));
            } finally {
                provider.speakAgain();
            }
            int refusals = provider.refusals();
            await().atMost(TIMEOUT).until(() -> statusOf(expired, first) == 200);
            assertThat(provider.refusals()).isEqualTo(refusals);
        }
    }

    @Test
    void a_session_that_the_provider_has_ended_is_forgotten_by_the_browser_and_named_in_a_problem() throws Exception {
        try (CookieBrowser valid = new CookieBrowser();
                CookieBrowser expired = signInLongAgo("li-jian")) {
            provider.endSession(provider.latestSession());
            valid.signInAtOnce(first.url(), "wang-fang");
            provider.endSession(provider.latestSession());
            for (CookieBrowser browser : List.of(valid, expired)) {
                HttpResponse<String> answer = await().atMost(TIMEOUT)
                        .until(() -> browser.get(first.url() + API), each -> each.statusCode() == 401);
                assertThat(new JsonObject(answer.body()).getString("type")).endsWith(":unauthenticated");
                assertThat(browser.sessionCookies()).isEmpty();
            }
        }
    }

    @Test
    void a_cookie_that_cannot_be_read_is_no_session_and_leaves_no_stack_trace() throws Exception {
        String foreign = "q_session";
        int logLength = first.readLog().length();
        try (CookieBrowser signedIn = new CookieBrowser()) {
            signedIn.signInAtOnce(first.url(), "wang-fang");
            String name = signedIn.sessionCookies().getFirst().getName();
            String value = signedIn.sessionCookies().getFirst().getValue();
            for (String bad : List.of("x", "1.", "9.x", "1.x", "2." + value.substring(2), value.substring(0, 60))) {
                for (String path : List.of("/session", API)) {
                    requireUnauthenticated(name, bad, browser -> browser.get(first.url() + path));
                }
                requireUnauthenticated(name, bad, browser -> browser.post(first.url() + "/sign-out", OWN_WRITE));
                requireUnauthenticated(name, bad, browser -> browser.post(first.url() + API, OWN_WRITE));
            }
            requireUnauthenticated(foreign, "a.b.c.d.e", browser -> browser.get(first.url() + "/session"));
            try (CookieBrowser again = new CookieBrowser()) {
                again.addCookie(foreign, "a.b.c.d.e");
                HttpResponse<String> answer = again.get(first.url() + "/sign-in?return=/");
                assertThat(answer.statusCode()).isEqualTo(302);
                again.signInAtOnce(first.url(), "wang-fang");
                assertThat(statusOf(again, first)).isEqualTo(200);
            }
        }
        assertThat(first.readLog().substring(logLength)).doesNotContain("\tat ");
    }

    private interface BrowserRequest {
        HttpResponse<String> send(CookieBrowser browser) throws Exception;
    }

    private static void requireUnauthenticated(String name, String value, BrowserRequest request) throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.addCookie(name, value);
            HttpResponse<String> answer = request.send(browser);
            assertThat(answer.statusCode()).as(value).isEqualTo(401);
            assertThat(new JsonObject(answer.body()).getString("titleZh")).isEqualTo("未通过身份验证");
            assertThat(browser.sessionCookies()).isEmpty();
        }
    }

    @Test
    void sign_out_ends_only_this_session_here_and_leads_the_browser_to_the_providers_end() throws Exception {
        try (CookieBrowser other = new CookieBrowser();
                CookieBrowser browser = new CookieBrowser()) {
            other.signInAtOnce(first.url(), "wang-fang");
            String others = provider.latestSession();
            browser.signInAtOnce(first.url(), "wang-fang");
            String own = provider.latestSession();

            HttpResponse<String> answer = browser.post(first.url() + "/sign-out", OWN_WRITE);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(provider.revokedSessions()).contains(own).doesNotContain(others);
            assertThat(browser.sessionCookies()).isEmpty();
            String next = new JsonObject(answer.body()).getString("next");
            assertThat(next).startsWith("/sign-out/issuer?").doesNotContain("eyJ");
            HttpResponse<String> leaving = browser.get(first.url() + next);
            assertThat(leaving.statusCode()).isEqualTo(303);
            HttpResponse<String> left = browser.get(CookieBrowser.location(leaving));
            assertThat(CookieBrowser.location(left)).isEqualTo(first.url() + "/");
            assertThat(provider.isAlive(own)).isFalse();
            assertThat(provider.isAlive(others)).isTrue();
            assertThat(statusOf(other, first)).isEqualTo(200);
            browser.signInAtOnce(first.url(), "wang-fang");
            assertThat(statusOf(browser, first)).isEqualTo(200);
        }
    }

    @Test
    void sign_out_in_an_outage_of_the_provider_leads_the_browser_to_the_providers_end_too() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signInAtOnce(first.url(), "wang-fang");
            String own = provider.latestSession();
            HttpResponse<String> answer;
            HttpResponse<String> leaving;
            provider.goAway();
            try {
                answer = browser.post(first.url() + "/sign-out", OWN_WRITE);
                assertThat(answer.statusCode()).isEqualTo(200);
                leaving = browser.get(first.url() + new JsonObject(answer.body()).getString("next"));
            } finally {
                provider.comeBack();
            }

            assertThat(browser.sessionCookies()).isEmpty();
            assertThat(leaving.statusCode()).isEqualTo(303);
            // The person loads the page of the provider again.
            HttpResponse<String> left = browser.get(CookieBrowser.location(leaving));
            assertThat(CookieBrowser.location(left)).isEqualTo(first.url() + "/");
            assertThat(provider.isAlive(own)).isFalse();
        }
    }

    @Test
    void another_sign_in_in_the_same_browser_ends_the_streams_of_the_one_before() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signInAtOnce(first.url(), "wang-fang");
            InputStream stream = browser.openStream(first.url() + "/api/overseas/v1/stream");
            String person = browser.get(first.url() + API)
                    .headers()
                    .firstValue("X-Voyage-Person")
                    .orElseThrow();

            browser.signInAtOnce(first.url(), "chen-jing");

            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
            assertThat(browser.get(first.url() + API).headers().firstValue("X-Voyage-Person"))
                    .isPresent()
                    .isNotEqualTo(java.util.Optional.of(person));
        }
    }

    @Test
    void a_late_answer_to_the_session_before_another_sign_in_leaves_the_cookies_of_the_new_one() throws Exception {
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signInAtOnce(first.url(), "wang-fang");
            CookieBrowser before = browser.copy();
            browser.signInAtOnce(first.url(), "chen-jing");

            HttpResponse<String> late = before.get(first.url() + API);

            assertThat(late.statusCode()).isEqualTo(401);
            assertThat(late.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void a_slow_provider_checks_many_open_pages_in_time_and_delays_no_request() throws Exception {
        List<CookieBrowser> browsers = IntStream.range(0, OPEN_PAGES)
                .mapToObj(_ -> new CookieBrowser())
                .toList();
        List<InputStream> streams = new ArrayList<>();
        for (CookieBrowser browser : browsers) {
            browser.signInAtOnce(first.url(), "wang-fang");
            streams.add(browser.openStream(first.url() + "/api/overseas/v1/stream"));
        }
        String last = provider.latestSession();
        provider.forgetChecks();
        provider.setCheckTime(Duration.ofMillis(300));
        int doubles = provider.doubleChecks();
        await().atMost(CHECK_LIMIT).until(() -> provider.checkedSessions() >= OPEN_PAGES);

        provider.endSession(last);
        Instant ended = Instant.now();
        assertThatThrownBy(streams.getLast()::readAllBytes).isInstanceOf(IOException.class);
        Duration noticed = Duration.between(ended, Instant.now());
        Instant begun = Instant.now();
        assertThat(statusOf(browsers.getFirst(), first)).isEqualTo(200);
        Duration answered = Duration.between(begun, Instant.now());

        System.out.printf(
                "%d pages: end noticed after %s, a request answered after %s%n", OPEN_PAGES, noticed, answered);
        assertThat(noticed).isLessThan(CHECK_LIMIT);
        assertThat(answered).isLessThan(Duration.ofSeconds(5));
        assertThat(provider.doubleChecks()).isEqualTo(doubles);
        for (InputStream stream : streams) {
            stream.close();
        }
    }

    @Test
    void a_stream_that_outlives_its_access_token_does_not_outlive_its_session() throws Exception {
        provider.setLife(SHORT_LIFE);
        try (CookieBrowser browser = new CookieBrowser()) {
            browser.signInAtOnce(first.url(), "wang-fang");
            InputStream stream = browser.openStream(first.url() + "/api/overseas/v1/stream");
            provider.endSession(provider.latestSession());

            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);

            await().atMost(TIMEOUT).until(() -> statusOf(browser, first) == 401);
            assertThat(browser.sessionCookies()).isEmpty();
        }
    }

    @Test
    void in_production_the_cookies_belong_to_this_host_and_need_tls() throws Exception {
        try (DashboardProcess production = DashboardProcess.start(
                        folder,
                        Map.of(
                                "QUARKUS_OIDC_AUTH_SERVER_URL",
                                provider.url(),
                                "QUARKUS_OIDC_AUTHENTICATION_COOKIE_FORCE_SECURE",
                                "true"))
                .awaitReady()) {
            try (CookieBrowser browser = new CookieBrowser()) {
                browser.sendSecureCookies();
                String provided = CookieBrowser.location(browser.get(production.url() + "/sign-in?return=/"));
                String back = CookieBrowser.location(browser.get(provided)).replace("https:", "http:");
                URI signIn =
                        URI.create(CookieBrowser.location(browser.get(back)).replace("https:", "http:"));
                HttpResponse<String> signedIn = browser.get(signIn.toString());
                assertThat(signedIn.headers().allValues("Set-Cookie"))
                        .filteredOn(cookie -> cookie.startsWith("__Host-voyage_session"))
                        .isNotEmpty()
                        .allSatisfy(cookie -> assertThat(cookie)
                                .contains("Secure", "HTTPOnly", "SameSite=Lax", "Path=/")
                                .doesNotContain("Domain"));
                assertThat(browser.get(production.url() + "/session").statusCode())
                        .isEqualTo(200);
            }
        }
    }
}
