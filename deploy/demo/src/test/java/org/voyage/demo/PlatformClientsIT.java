package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.voyage.local.Platform;

/** Integration test of pages and programs that use a platform. The pages come last: their test kills services. */
@ExtendWith(SharedPlatforms.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformClientsIT {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private Platform platform;
    private TraceReceiver traces;
    private ApiClient api;

    @BeforeAll
    void start(DemoPlatform demo) {
        platform = demo.platform();
        traces = demo.traces();
        api = demo.api();
    }

    @Test
    @Order(1)
    void one_trace_leads_from_a_put_to_the_figure_the_stream_and_a_webhook(@TempDir Path copies) throws Exception {
        OverseasSchool school = CrashRows.manySchools("trace", "12", 1).getFirst();
        String country = school.hostCountry();
        try (WebhookJournal webhooks = WebhookJournal.start();
                FeedJournal journal = FeedJournal.subscribe(
                        api.endpoints(),
                        api.endpoints(),
                        new CrashTables(platform.postgres()),
                        "TRACED",
                        DemoRecordType.SCHOOLS.record,
                        Set.of(country),
                        copies);
                ValueStream values = new ValueStream(
                        URI.create(
                                platform.urlOf("indicators") + "/v1/indicators/stream?code=overseas-schools&by=none"),
                        () -> api.tokenFor("operator"))) {
            journal.addEndpoint(api.endpoints(), webhooks.url());
            await().atMost(TIMEOUT).until(() -> values.latestValue(Map.of()) >= 0);
            String trace = TraceReceiver.newTraceId();
            String before = "00f067aa0ba902b7";

            api.put(school, "traceparent", "00-" + trace + "-" + before + "-01").requireOk();

            await().atMost(TIMEOUT)
                    .untilAsserted(() -> assertThat(traces.spansOf(trace))
                            .extracting(TraceReceiver.ReceivedSpan::service, TraceReceiver.ReceivedSpan::name)
                            .contains(
                                    tuple("overseas", "PUT /v1/overseas-schools/{province}/{sourceId}"),
                                    tuple("overseas", "publish overseas.overseas-school"),
                                    tuple("indicators", "process overseas.overseas-school"),
                                    tuple("indicators", "stream figures"),
                                    tuple("feeds", "process overseas.overseas-school"),
                                    tuple("feeds", "deliver webhook")));
            Set<String> ids = new HashSet<>(Set.of(before));
            traces.spansOf(trace).forEach(span -> ids.add(span.id()));
            assertThat(traces.spansOf(trace)).allSatisfy(span -> {
                assertThat(ids).as("%s", span).contains(span.parent());
                assertThat(span.content()).doesNotContain(school.sourceId(), "127.0.0.1", "localhost");
            });
        }
    }

    @Test
    @Order(1)
    void a_line_of_the_log_has_the_ids_of_its_request_and_trace_and_no_path() throws Exception {
        String trace = TraceReceiver.newTraceId();
        String request = "line-" + trace;
        HttpRequest refused = HttpRequest.newBuilder(
                        URI.create(platform.urlOf("overseas") + "/v1/overseas-schools/12/" + request))
                .header("Authorization", "Bearer of nobody")
                .header("X-Request-Id", request)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .PUT(BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(refused, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(401);
        }

        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(readLog("overseas"))
                        .filteredOn(line -> line.at("/mdc/requestId").asText().equals(request))
                        .isNotEmpty()
                        .allSatisfy(line -> {
                            assertThat(line.at("/mdc/traceId").asText()).isEqualTo(trace);
                            assertThat(line.path("service").asText()).isEqualTo("overseas");
                            assertThat(line.path("message").asText()).doesNotContain(request);
                        }));
    }

    /** Returns the lines of JSON; the JVM has written others. */
    private List<JsonNode> readLog(String service) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(platform.data().resolve("logs").resolve(service + ".log"))) {
            if (line.startsWith("{")) {
                lines.add(json.readTree(line));
            }
        }
        return lines;
    }

    /** Every person signs in, sends files, and outlives crashes of services. */
    @Test
    @Order(2)
    void a_browser_shows_persons_their_pages_and_outlives_crashes() throws Exception {
        new BrowserRun(platform.urlOf("dashboard"), platform.issuer().url())
                .withReport("TEST-browser-schools.xml")
                .requireSuccess("schools");
    }

    @Test
    @Order(1)
    void a_typescript_client_of_each_document_writes_lists_subscribes_and_asks_for_figures() throws Exception {
        Process client = new ProcessBuilder(
                        Path.of("../check/documents.sh")
                                .toAbsolutePath()
                                .normalize()
                                .toString(),
                        "walk",
                        ApiClient.toJson(platform.urls()),
                        api.tokenFor("bureau-12"),
                        "12",
                        "TS-" + UUID.randomUUID(),
                        api.tokenFor("alliance-WFCP"))
                .redirectErrorStream(true)
                .start();

        String told = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(client.waitFor()).as(told).isZero();
        assertThat(told).contains("201 3 years");
    }
}
