package org.voyage.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.operator;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.ApiAnswerFilter;
import org.voyage.kittest.ApiContract;
import org.voyage.kittest.ApiDescriptionCheck;
import org.voyage.kittest.RealBackends;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorsOpenApiIT {

    private static final String BRIDGE = "/v1/reconciliation/bridge?figure=overseas-schools&period=2023";

    @Inject
    @SuppressWarnings("NullAway.Init")
    CheckpointHistory knowledge;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics();
    }

    @Test
    void the_committed_document_is_what_the_code_says() {
        ApiContract.of("indicators").requireCommitted();
    }

    @Test
    void whoever_calls_the_last_release_can_go_on() {
        ApiContract.of("indicators").requireBackwardCompatible();
    }

    @Test
    void every_operation_has_examples_of_what_is_answered() {
        ApiContract.of("indicators").requireExamples();
    }

    @Test
    void every_operation_has_an_id_and_every_parameter_a_type() {
        ApiDescriptionCheck.assertTyped(ApiAnswerFilter.ofRunningService().document());
    }

    @Test
    void real_answers_of_every_operation_and_format_fit_the_document() throws SQLException {
        TestEventLog.awaitReady();
        Receipt receipt = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                "54/DOC-" + UUID.randomUUID(),
                1,
                TestEventLog.schoolJson("NRU", "other", "2020-02-29", null));
        ApiAnswerFilter answers = ApiAnswerFilter.ofRunningService().install();
        try {
            askFigures(receipt.text());
            explainFigures(knowledge.findCheckpointAt(null).orElseThrow().time().toString());
            loadFiles();
            operate();
            readRefusals();
            answers.requireAllAnswersSeen(List.of("get /v1/indicators/stream"));
        } finally {
            ApiAnswerFilter.uninstall();
        }
    }

    private static Response ask(String path) {
        Response answer = operator().get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.asString()).isEqualTo(200);
        return answer;
    }

    private static void askFigures(String receipt) {
        ask("/v1/indicators");
        ask("/v1/reference");
        ask("/v1/standing");
        ask("/v1/indicators/overseas-schools");
        ask("/v1/indicators/standards-adopted-share");
        String values = "/v1/indicators/overseas-schools/values";
        ask(values + "?receipt=" + receipt + "&by=year,hostCountry&period=2019..2021&top=2&totals=true&shares=true");
        ask("/v1/indicators/standards-adopted-share/values?period=2023");
        ask("/v1/indicators/overseas-countries/values?by=region&asOf=" + Instant.now());
        for (String format : List.of("json", "csv", "xlsx", "sdmx-csv", "sdmx-json")) {
            ask(values + "?by=year&period=2020..2021&format=" + format);
            ask("/v1/values?figure=overseas-schools,overseas-countries&by=region&period=2021&format=" + format);
        }
        operator()
                .header("If-None-Match", ask(values + "?period=2021").header("ETag"))
                .get(values + "?period=2021")
                .then()
                .statusCode(304);
        ask("/v1/indicators/overseas-schools/coverage");
        ask("/v1/indicators/overseas-schools/coverage?period=2020..2021&asOf=" + Instant.now());
        ask("/v1/completeness");
        ask("/v1/completeness?province=54&service=overseas&year=2025");
        ask("/v1/reconciliation");
        ask(BRIDGE);
    }

    private static void explainFigures(String from) {
        ask("/v1/indicators/overseas-schools/evidence?period=2021&limit=1");
        ask("/v1/indicators/standards-adopted-share/evidence?period=2023");
        ask("/v1/indicators/overseas-schools/changes?from=" + from);
        ask("/v1/indicators/overseas-schools/history?over=month");
        ask("/v1/changes?from=" + from);
        for (String format : List.of("csv", "xlsx")) {
            ask("/v1/indicators/overseas-schools/evidence?period=2021&limit=1&format=" + format);
            ask("/v1/indicators/overseas-schools/changes?from=" + from + "&format=" + format);
            ask("/v1/changes?from=" + from + "&format=" + format);
            ask("/v1/completeness?format=" + format);
            ask("/v1/reconciliation?format=" + format);
            ask(BRIDGE + "&format=" + format);
        }
        operator()
                .body("""
                    {"changes":[{"record":"overseas-school","province":"54","sourceId":"DOC-P","after":%s}]}\
                    """.formatted(TestEventLog.schoolJson("NRU", "other", "2020-02-29", null)))
                .post("/v1/previews")
                .then()
                .statusCode(200);
        operator()
                .contentType("application/yaml")
                .body("""
                    code: overseas-schools
                    version: 2
                    name: { zh: 境外办学机构数, en: Overseas schools }
                    unit: { code: schools, zh: 个, en: schools }
                    record: overseas-school
                    measure: { kind: count }
                    period: { kind: stock, from: openedOn, until: closedOn }
                    where: { status: [open] }
                    dimensions: [province, hostCountry, region, subRegion, brand, tier, form, status]
                    lists: [belt-and-road, asean, sco, african-union, eu, brics]
                    derivation: { zh: 试算。, en: A trial. }
                    """.getBytes(StandardCharsets.UTF_8))
                .post("/v1/indicators/overseas-schools/rehearsals?by=year,hostCountry&differing=false")
                .then()
                .statusCode(200);
    }

    private static void loadFiles() {
        String set = "/v1/published-sets/document-" + UUID.randomUUID();
        String csv = "figure,period,value,unit,service\ndocument,2023,1,schools,overseas\n";
        for (int status : List.of(201, 200)) {
            operator()
                    .contentType("text/csv")
                    .body(csv.getBytes(StandardCharsets.UTF_8))
                    .put(set + "?title=t&source=s&publishedOn=2024-02-29")
                    .then()
                    .statusCode(status);
        }
        ask("/v1/published-sets");
        ask(set);
        ask(set + "/versions/1");
        operator().delete(set + "/versions/1?reason=test").then().statusCode(200);
        String plan = "/v1/plans/1988";
        for (int status : List.of(201, 200)) {
            operator()
                    .contentType("text/csv")
                    .body("province,service,records\n54,overseas,1\n".getBytes(StandardCharsets.UTF_8))
                    .put(plan)
                    .then()
                    .statusCode(status);
        }
        ask("/v1/plans");
        ask(plan);
    }

    private static void operate() {
        ask("/v1/dead-letters");
        ask("/v1/audit?limit=5");
        ask("/v1/audit/verification");
        operator().post("/v1/releases?allowUnlocked=true").then().statusCode(200);
        ask("/v1/releases");
        for (String operation : List.of("/v1/proofs", "/v1/rebuilds")) {
            // One that another test began may still run.
            String begun = await().atMost(Duration.ofSeconds(60))
                    .until(() -> operator().post(operation), answer -> answer.statusCode() == 202)
                    .header("Location");
            ask(operation + begun.substring(begun.lastIndexOf('/')));
        }
        ask("/v1/proofs");
        ask("/v1/proofs/newest");
    }

    private static void readRefusals() {
        String values = "/v1/indicators/overseas-schools/values";
        operator().get(values + "?by=planet").then().statusCode(400);
        operator().header("Accept", "image/png").get(values).then().statusCode(406);
        operator().get("/v1/indicators/none/values").then().statusCode(404);
        as("bureau-54").post("/v1/releases").then().statusCode(403);
        operator().body("{}").post("/v1/previews").then().statusCode(422);
    }
}
