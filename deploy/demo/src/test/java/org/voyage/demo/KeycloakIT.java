package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.local.LoopbackPorts;
import org.voyage.local.Platform;
import org.voyage.local.PlatformOptions;

/** Test of the platform with the real Keycloak and the realm of this project in place of the local issuer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeycloakIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    /** Tokens of the dashboard live shortly here, so that each case meets their end. */
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(4);

    private static final Duration OUTAGE = Duration.ofSeconds(Boolean.getBoolean("voyage.test.long") ? 60 : 6);
    private static final String PASSWORD = "a-long-password-of-the-test";
    private static final int PARALLEL_REQUESTS = 8;
    private static final int DASHBOARD_OFFSET = 7;
    private static final String TEACHER =
            "{\"college\":\"4154000001\",\"nationality\":\"THA\",\"startedOn\":\"2024-09-01\"}";
    private static final String ALLIANCE = "{\"name\":\"联盟\",\"nameEn\":\"Alliance\"}";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> CALLERS = List.of(
            "bureau-12", "bureau-32", "operator-1", "auditor-1", "privacy-1", "alliance-WFCP", "alliance-OTHER", "");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new HashMap<>();
    private final List<URI> dashboards = new ArrayList<>();
    private KeycloakServer keycloak;
    private Platform platform;
    private int personCount;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        int basePort = LoopbackPorts.findFreeBasePort();
        URI dashboard = URI.create("http://localhost:" + (basePort + DASHBOARD_OFFSET) + "/");
        keycloak = KeycloakServer.launch(basePort + 15, folder.resolve("keycloak.log"), dashboard.toString());
        keycloak.awaitReady();
        platform = Platform.start(PlatformOptions.of(
                        Path.of("../..").toAbsolutePath().normalize())
                .withData(folder.resolve("data"))
                .withBasePort(basePort)
                .withServiceEnvironment(Map.of(
                        "QUARKUS_OIDC_AUTH_SERVER_URL", keycloak.issuer(), "VOYAGE_DASHBOARD_SESSION_CHECK", "1s")));
        int secondPort = LoopbackPorts.findFreeBasePort();
        platform.startSecond(
                "dashboard",
                secondPort,
                Map.of("QUARKUS_OIDC_AUTHENTICATION_COOKIE_SUFFIX", Integer.toString(basePort)));
        dashboards.addAll(List.of(dashboard, URI.create("http://localhost:" + (secondPort + DASHBOARD_OFFSET) + "/")));
        keycloak.setAccessTokenLife("dashboard", TOKEN_LIFE);
        keycloak.addProgram("operator-1", "operator", Map.of());
        keycloak.addProgram("auditor-1", "auditor", Map.of());
        keycloak.addProgram("privacy-1", "privacy-officer", Map.of());
        keycloak.addProgram("alliance-WFCP", "alliance", Map.of("alliance", "WFCP"));
        keycloak.addProgram("alliance-OTHER", "alliance", Map.of("alliance", "OTHER"));
    }

    @AfterAll
    void stop() throws Exception {
        if (platform != null) {
            platform.close();
        }
        keycloak.close();
        http.close();
    }

    /** Statuses for each of {@link #CALLERS}; the rows follow one another. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mobility    | PUT /v1/foreign-teachers/12/KC-1        | 201 404 403 403 403 403 403 401",
                "mobility    | GET /v1/foreign-teachers/12/KC-1        | 200 404 200 200 403 403 403 401",
                "mobility    | GET /v1/foreign-teachers/12/KC-0        | 404 404 404 404 403 403 403 401",
                "mobility    | GET /v1/foreign-teachers                | 200 200 200 200 403 403 403 401",
                "mobility    | GET /v1/personal-data/rotation          | 403 403 403 403 404 403 403 401",
                "mobility    | GET /v1/audit                           | 200 200 200 200 200 403 403 401",
                "mobility    | GET /v1/audit/verification              | 403 403 200 200 403 403 403 401",
                "mobility    | GET /v1/rules                           | 200 200 200 200 200 200 200 401",
                "overseas    | GET /v1/batches                         | 200 200 200 200 403 403 403 401",
                "overseas    | POST /v1/republications                 | 403 403 200 403 403 403 403 401",
                "cooperation | GET /v1/years                           | 200 200 200 200 403 403 403 401",
                "standards   | GET /v1/refusals                        | 200 200 200 200 403 403 403 401",
                "indicators  | GET /v1/indicators                      | 200 200 200 200 403 200 200 401",
                "indicators  | GET /v1/completeness?province=12        | 200 404 200 200 403 403 403 401",
                "indicators  | GET /v1/plans                           | 403 403 200 200 403 403 403 401",
                "feeds       | PUT /v1/alliances/WFCP                  | 403 403 201 403 403 403 403 401",
                "feeds       | GET /v1/alliances/WFCP                  | 403 403 200 200 403 200 404 401",
                "feeds       | GET /v1/alliances                       | 403 403 200 200 403 403 403 401"
            })
    void each_role_gets_as_far_with_tokens_of_keycloak_as_with_those_of_the_local_issuer(
            String service, String request, String statuses) throws Exception {
        String method = request.substring(0, request.indexOf(' '));
        URI address = URI.create(platform.urlOf(service) + request.substring(request.indexOf(' ') + 1));
        StringBuilder found = new StringBuilder();
        for (String caller : CALLERS) {
            HttpRequest.Builder asked = HttpRequest.newBuilder(address);
            if (!caller.isEmpty()) {
                asked.header("Authorization", "Bearer " + tokens.computeIfAbsent(caller, keycloak::tokenOf));
            }
            if (method.equals("PUT")) {
                asked.header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(service.equals("feeds") ? ALLIANCE : TEACHER));
            } else {
                asked.method(method, BodyPublishers.noBody());
            }
            found.append(found.isEmpty() ? "" : " ")
                    .append(http.send(asked.build(), BodyHandlers.discarding()).statusCode());
        }
        assertThat(found.toString()).isEqualTo(statuses);
    }

    /** Signs a new person in and returns the browser. */
    private SessionBrowser signInNew(String role, Map<String, String> attributes) throws Exception {
        return signIn(addPerson(role, attributes));
    }

    private String addPerson(String role, Map<String, String> attributes) {
        String person = role + "-person-" + personCount++;
        Map<String, String> all = new HashMap<>(Map.of("name", person));
        all.putAll(attributes);
        keycloak.addPerson(person, PASSWORD, role, all);
        return person;
    }

    private SessionBrowser signIn(String person) throws Exception {
        SessionBrowser browser = new SessionBrowser();
        assertThat(browser.signInAtKeycloak(dashboards.getFirst(), person, PASSWORD))
                .isTrue();
        return browser;
    }

    private static JsonNode sessionOf(SessionBrowser browser, URI dashboard) throws Exception {
        HttpResponse<String> answer = browser.get(dashboard.resolve("/session"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private int statusOf(SessionBrowser browser) throws Exception {
        return browser.get(dashboards.getFirst().resolve("/session")).statusCode();
    }

    private static void awaitTokenEnd() {
        Instant end = Instant.now().plus(TOKEN_LIFE);
        await().atMost(TIMEOUT).until(() -> Instant.now().isAfter(end));
    }

    @Test
    void a_clerk_signs_in_with_a_password_and_the_audit_names_the_clerk() throws Exception {
        String clerk = addPerson("bureau", Map.of("province", "12", "name", "陈静"));
        try (SessionBrowser browser = signIn(clerk)) {
            URI dashboard = dashboards.getFirst();
            assertThat(sessionOf(browser, dashboard))
                    .isEqualTo(JSON.valueToTree(sessionFields(clerk, browser, dashboard)));
            URI teacher = dashboard.resolve("/api/mobility/v1/foreign-teachers/12/KC-2");
            HttpResponse<String> stored = browser.put(teacher, TEACHER);
            assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
            assertThat(browser.get(dashboard.resolve("/api/mobility/v1/audit?limit=5"))
                            .body())
                    .contains("\"actor\":\"" + clerk + "\"");
        }
    }

    private static Map<String, Object> sessionFields(String clerk, SessionBrowser browser, URI dashboard)
            throws Exception {
        Map<String, Object> fields = new HashMap<>(Map.of(
                "subject",
                clerk,
                "name",
                "陈静",
                "person",
                sessionOf(browser, dashboard).path("person").asText(),
                "role",
                "bureau",
                "roles",
                List.of("bureau"),
                "province",
                "12"));
        fields.put("alliance", null);
        return fields;
    }

    @Test
    void parallel_requests_of_a_page_keep_the_session_on_both_instances_while_refresh_tokens_rotate() throws Exception {
        try (SessionBrowser browser = signInNew("operator", Map.of())) {
            for (int round = 0; round < 2; round++) {
                awaitTokenEnd();
                assertThat(sendTogether(browser)).containsOnly(200);
            }
            assertThat(statusOf(browser)).isEqualTo(200);
        }
    }

    private List<Integer> sendTogether(SessionBrowser browser) throws Exception {
        List<Callable<Integer>> requests = IntStream.range(0, PARALLEL_REQUESTS)
                .mapToObj(number -> dashboards.get(number % dashboards.size()))
                .<Callable<Integer>>map(at -> () ->
                        browser.get(at.resolve("/api/indicators/v1/standing")).statusCode())
                .toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> each : threads.invokeAll(requests)) {
                statuses.add(each.get());
            }
            return statuses;
        }
    }

    @Test
    void an_outage_of_keycloak_keeps_every_session_and_stops_no_program() throws Exception {
        String token = keycloak.tokenOf("bureau-12");
        try (SessionBrowser browser = signInNew("auditor", Map.of())) {
            keycloak.freeze();
            try {
                Instant end = Instant.now().plus(OUTAGE);
                await().atMost(TIMEOUT).until(() -> statusOf(browser) == 503);
                await().atMost(OUTAGE.plus(TIMEOUT)).until(() -> Instant.now().isAfter(end));
                HttpResponse<String> answer = browser.get(dashboards.getFirst().resolve("/session"));
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                assertThat(browser.hasSession()).isTrue();
                HttpRequest program = HttpRequest.newBuilder(URI.create(platform.urlOf("overseas") + "/v1/batches"))
                        .header("Authorization", "Bearer " + token)
                        .build();
                assertThat(http.send(program, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(200);
            } finally {
                keycloak.thaw();
            }
            await().atMost(TIMEOUT).until(() -> statusOf(browser) == 200);
        }
    }

    @Test
    void sign_out_ends_this_session_at_keycloak_and_no_other_one_of_the_person() throws Exception {
        String person = addPerson("operator", Map.of());
        try (SessionBrowser browser = signIn(person);
                SessionBrowser other = signIn(person);
                SessionBrowser copy = browser.copy()) {
            assertThat(keycloak.countSessions(person)).isEqualTo(2);

            assertThat(browser.post(dashboards.getFirst().resolve("/sign-out"), "")
                            .statusCode())
                    .isEqualTo(204);

            assertThat(browser.hasSession()).isFalse();
            assertThat(keycloak.countSessions(person)).isEqualTo(1);
            assertThat(statusOf(copy)).isEqualTo(401);
            await().atMost(TIMEOUT)
                    .until(() ->
                            copy.get(dashboards.getLast().resolve("/session")).statusCode() == 401);
            assertThat(statusOf(other)).isEqualTo(200);
            assertThat(browser.signInAtKeycloak(dashboards.getFirst(), person, PASSWORD))
                    .isTrue();
            assertThat(statusOf(browser)).isEqualTo(200);
        }
    }

    @Test
    void a_sign_out_at_keycloak_ends_the_session_and_its_streams() throws Exception {
        String person = addPerson("operator", Map.of());
        try (SessionBrowser browser = signIn(person)) {
            InputStream stream = browser.openStream(
                    dashboards.getFirst().resolve("/api/indicators/v1/indicators/stream?code=overseas-schools"));
            keycloak.signOut(person);
            assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
            await().atMost(TIMEOUT).until(() -> statusOf(browser) == 401);
            assertThat(browser.hasSession()).isFalse();
        }
    }

    @Test
    void a_disabled_person_is_out_and_cannot_sign_in() throws Exception {
        String person = addPerson("auditor", Map.of());
        try (SessionBrowser browser = signIn(person)) {
            keycloak.changePerson(person, Map.of("enabled", false));
            await().atMost(TIMEOUT).until(() -> statusOf(browser) == 401);
            try (SessionBrowser again = new SessionBrowser()) {
                assertThat(again.signInAtKeycloak(dashboards.getFirst(), person, PASSWORD))
                        .isFalse();
            }
        }
    }

    @Test
    void a_changed_role_counts_from_the_next_refresh_on() throws Exception {
        String person = addPerson("auditor", Map.of());
        try (SessionBrowser browser = signIn(person)) {
            assertThat(sessionOf(browser, dashboards.getFirst()).path("role").asText())
                    .isEqualTo("auditor");
            keycloak.takeRole(person, "auditor");
            keycloak.giveRole(person, "privacy-officer");
            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(sessionOf(browser, dashboards.getFirst())
                                    .path("role")
                                    .asText())
                            .isEqualTo("privacy-officer"));
            assertThat(browser.get(dashboards.getFirst().resolve("/api/mobility/v1/audit"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(browser.get(dashboards.getFirst().resolve("/api/mobility/v1/batches"))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    /** Each realm of Keycloak has this client, and it takes passwords without Keycloak's page. */
    @Test
    void a_password_gets_by_the_client_of_the_command_line_no_token_that_a_service_accepts() throws Exception {
        String person = addPerson("operator", Map.of());
        assertThat(keycloak.requestTokenByPassword(person, PASSWORD, "openid voyage")
                        .body())
                .contains("invalid_scope");

        String token = JSON.readTree(keycloak.requestTokenByPassword(person, PASSWORD, "openid")
                        .body())
                .path("access_token")
                .asText();

        assertThat(token).isNotEmpty();
        for (String address : List.of("overseas/v1/batches", "mobility/v1/audit", "indicators/v1/plans")) {
            String service = address.substring(0, address.indexOf('/'));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(platform.urlOf(service) + address.substring(service.length())))
                    .header("Authorization", "Bearer " + token)
                    .build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                    .as(address)
                    .isEqualTo(401);
        }
    }

    @Test
    void five_wrong_passwords_lock_a_person_out() throws Exception {
        String person = addPerson("operator", Map.of());
        try (SessionBrowser browser = new SessionBrowser()) {
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThat(browser.signInAtKeycloak(dashboards.getFirst(), person, "wrong-" + attempt))
                        .isFalse();
            }
            await().atMost(TIMEOUT).until(() -> keycloak.isLockedOut(person));
            assertThat(browser.signInAtKeycloak(dashboards.getFirst(), person, PASSWORD))
                    .isFalse();
        }
    }

    private void putTeacher(String province) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(platform.urlOf("mobility") + "/v1/foreign-teachers/" + province + "/KC-3"))
                .header("Authorization", "Bearer " + keycloak.tokenOf("bureau-" + province))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(TEACHER))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** An operator signs in at Keycloak's page; in another tab a clerk takes the operator's place. */
    @Test
    void two_persons_in_two_tabs_of_a_browser_never_see_each_others_values() throws Exception {
        String operator = addPerson("operator", Map.of("name", "王芳"));
        String clerk = addPerson("bureau", Map.of("province", "12", "name", "陈静"));
        for (String province : List.of("12", "32")) {
            putTeacher(province);
        }
        new BrowserRun(platform.urlOf("dashboard"), keycloak.issuer())
                .withEnvironment(Map.of("VOYAGE_PERSON_PASSWORD", PASSWORD, "VOYAGE_PERSONS", operator + "," + clerk))
                .requireSuccess("changePerson");
    }
}
