package org.voyage.indicators;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.indicators.feature.verification.proof.ProofRequests;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.AccessMatrix;
import org.voyage.kittest.AccessMatrixRow;
import org.voyage.kittest.AccessRights;
import org.voyage.kittest.AccessRights.AccessRight;
import org.voyage.kittest.AccessRights.TestCaller;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class IndicatorsAccessIT implements RunningServiceTest {
    private static final String TIBET = "54";
    private static final String NINGXIA = "64";
    private static final String ENROLMENT = "mobility.inbound-enrolment";
    private static final String SCHOOLS = "overseas-schools";
    private static final String JSON = "application/json";

    /** Every bureau reads national figures. */
    private static final AccessRights FIGURES = AccessRights.READ
            .withRight(TestCaller.BUREAU, AccessRight.ALL)
            .withRight(TestCaller.NEIGHBOUR, AccessRight.ALL);

    /** Alliances read the national figures that are open to external readers. */
    private static final AccessRights PUBLIC_FIGURES = FIGURES.withRight(TestCaller.ALLIANCE, AccessRight.ALL);

    /** Operators use resources of the whole service, and auditors read them. */
    private static final AccessRights OPERATOR_ACCESS =
            AccessRights.OPERATE.withRight(TestCaller.AUDITOR, AccessRight.ALL);

    @Inject
    @SuppressWarnings("NullAway.Init")
    CheckpointHistory knowledge;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(ENROLMENT));
    }

    @Test
    void every_caller_gets_the_access_of_the_table_and_a_foreign_object_looks_absent() throws SQLException {
        // A proof that an earlier test left running refuses another one.
        ProofRequests.runProof();
        String from = "from=" + knowledge.findCheckpointAt(null).orElseThrow().time();
        String one = "/v1/indicators/{code}";
        String ofProvince = "province={province}";
        AccessMatrixRow.PathObjects figures = objectsOf(Map.of("code", SCHOOLS), Map.of("code", "no-such-figure"));
        AccessMatrixRow.PathObjects own = new ProvinceFigure(true);
        AccessMatrixRow.PathObjects provinces = new ProvinceFigure(false);
        AccessMatrixRow.PathObjects counted = new CountedSchoolObjects();
        List<AccessMatrixRow> lines = List.of(
                AccessMatrixRow.of("GET /v1/indicators", PUBLIC_FIGURES),
                AccessMatrixRow.of(
                        "GET /v1/reference", PUBLIC_FIGURES.withRight(TestCaller.PRIVACY_OFFICER, AccessRight.ALL)),
                AccessMatrixRow.on("GET " + one, PUBLIC_FIGURES, figures),
                AccessMatrixRow.on("GET " + one + "/values", PUBLIC_FIGURES, figures),
                AccessMatrixRow.on("GET " + one + "/values", AccessRights.READ, own)
                        .withQuery(ofProvince),
                AccessMatrixRow.on("GET /v1/values", FIGURES, provinces).withQuery("figure=" + SCHOOLS),
                AccessMatrixRow.on("GET /v1/values", AccessRights.READ, provinces)
                        .withQuery("figure=" + SCHOOLS)
                        .withQuery(ofProvince),
                AccessMatrixRow.on("GET " + one + "/evidence", FIGURES, figures),
                AccessMatrixRow.on("GET " + one + "/evidence", AccessRights.READ, own)
                        .withQuery(ofProvince),
                AccessMatrixRow.list("GET " + one + "/evidence", AccessRights.READ, counted)
                        .withQuery("hostCountry=NRU"),
                AccessMatrixRow.on("GET " + one + "/changes", FIGURES, figures).withQuery(from),
                AccessMatrixRow.on("GET " + one + "/changes", AccessRights.READ, own)
                        .withQuery(ofProvince)
                        .withQuery(from),
                AccessMatrixRow.on("GET " + one + "/history", FIGURES, figures).withQuery("over=day"),
                AccessMatrixRow.on("GET " + one + "/history", AccessRights.READ, own)
                        .withQuery(ofProvince)
                        .withQuery("over=day"),
                AccessMatrixRow.of("GET /v1/standing", FIGURES),
                AccessMatrixRow.on("GET " + one + "/coverage", FIGURES, figures),
                AccessMatrixRow.of("GET /v1/indicators/stream", FIGURES).withQuery("code=" + SCHOOLS),
                AccessMatrixRow.on("GET /v1/indicators/stream", AccessRights.READ, provinces)
                        .withQuery("code=" + SCHOOLS)
                        .withQuery(ofProvince),
                AccessMatrixRow.of("GET /v1/completeness", FIGURES),
                AccessMatrixRow.on("GET /v1/completeness", AccessRights.READ, provinces)
                        .withQuery(ofProvince),
                AccessMatrixRow.on("POST /v1/previews", AccessRights.READ, provinces)
                        .withBody(JSON, IndicatorsAccessIT::previewBody),
                AccessMatrixRow.of("GET /v1/changes", FIGURES).withQuery(from),
                AccessMatrixRow.of("GET /v1/reconciliation", FIGURES),
                AccessMatrixRow.on("GET /v1/reconciliation/bridge", AccessRights.READ, provinces)
                        .withQuery("figure=access-{province}&period=2023&set=" + LoadedSetObjects.provincesCsv())
                        .withQuery(from),
                // No figure is absent: a new one can be rehearsed too.
                AccessMatrixRow.on(
                                "POST " + one + "/rehearsals",
                                AccessRights.OPERATE,
                                objectsOf(Map.of("code", SCHOOLS), Map.of()))
                        .withBody("application/yaml", province -> candidateDefinition()),
                AccessMatrixRow.of("GET /v1/published-sets", OPERATOR_ACCESS),
                AccessMatrixRow.on("GET /v1/published-sets/{set}", OPERATOR_ACCESS, new LoadedSetObjects(true)),
                AccessMatrixRow.on(
                        "GET /v1/published-sets/{set}/versions/{version}", OPERATOR_ACCESS, new LoadedSetObjects(true)),
                AccessMatrixRow.on("PUT /v1/published-sets/{set}", AccessRights.OPERATE, new LoadedSetObjects(false))
                        .withQuery("title=t&source=s")
                        .withBody("text/csv", province -> LoadedSetObjects.CSV),
                AccessMatrixRow.on(
                                "DELETE /v1/published-sets/{set}/versions/{version}",
                                AccessRights.OPERATE,
                                new LoadedSetObjects(true))
                        .withQuery("reason=test"),
                AccessMatrixRow.of("GET /v1/plans", OPERATOR_ACCESS),
                AccessMatrixRow.on("GET /v1/plans/{year}", OPERATOR_ACCESS, new PlannedYearObjects(true)),
                AccessMatrixRow.on("PUT /v1/plans/{year}", AccessRights.OPERATE, new PlannedYearObjects(false))
                        .withBody("text/csv", province -> PlannedYearObjects.CSV),
                AccessMatrixRow.of(
                        "GET /v1/audit", AccessRights.READ.withRight(TestCaller.PRIVACY_OFFICER, AccessRight.ALL)),
                AccessMatrixRow.of("GET /v1/audit/verification", OPERATOR_ACCESS),
                AccessMatrixRow.of("GET /v1/dead-letters", OPERATOR_ACCESS),
                AccessMatrixRow.of("POST /v1/releases", AccessRights.OPERATE).withQuery("allowUnlocked=true"),
                AccessMatrixRow.of("GET /v1/releases", OPERATOR_ACCESS),
                AccessMatrixRow.of("POST /v1/proofs", AccessRights.OPERATE),
                AccessMatrixRow.of("GET /v1/proofs", OPERATOR_ACCESS),
                AccessMatrixRow.of("GET /v1/proofs/newest", FIGURES),
                AccessMatrixRow.on("GET /v1/proofs/{id}", OPERATOR_ACCESS, new StartedOperation("/v1/proofs")),
                AccessMatrixRow.of("POST /v1/rebuilds", AccessRights.OPERATE),
                AccessMatrixRow.on("GET /v1/rebuilds/{id}", OPERATOR_ACCESS, new StartedOperation("/v1/rebuilds")));
        new AccessMatrix(RestAssured.port, TIBET, NINGXIA, lines).requireNoFaults();
    }

    /** A bureau sees only those events behind a change that belong to its own records. */
    @Test
    void changes_show_records_of_ones_own_province_only() throws SQLException {
        String from = "from=" + knowledge.findCheckpointAt(null).orElseThrow().time();
        CountedSchoolObjects counted = new CountedSchoolObjects();
        String mine = counted.existing(TIBET).getOrDefault("sourceId", "");
        String theirs = counted.existing(NINGXIA).getOrDefault("sourceId", "");
        String path = "/v1/indicators/" + SCHOOLS + "/changes?hostCountry=NRU&" + from;
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(given().auth()
                                .oauth2(TestTokens.operatorToken())
                                .get(path)
                                .asString())
                        .contains(mine, theirs));

        String seen =
                given().auth().oauth2(TestTokens.bureauToken(TIBET)).get(path).asString();

        assertThat(seen).contains(mine).doesNotContain(theirs);
    }

    @Test
    void a_bureau_reads_the_values_of_its_own_colleges_only() {
        String code = "/v1/indicators/inbound-students/values?nationality=NRU";
        String receipts = "&receipt=" + sendEnrolment(TIBET, "4154000001").text() + "&receipt="
                + sendEnrolment(NINGXIA, "4164000001").text();

        JsonPath all = getValues(TestTokens.operatorToken(), code + "&by=college" + receipts);
        JsonPath own = getValues(TestTokens.bureauToken(TIBET), code + "&by=college");

        assertThat(all.<String>getList("items.college")).contains("4154000001", "4164000001");
        assertThat(own.<String>getList("items.college")).containsExactly("4154000001");
        assertThat(own.getString("filters.province"))
                .as("what was asked for it")
                .isEqualTo(TIBET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"values?", "evidence?", "changes?from=now&"})
    void anothers_college_is_like_one_that_is_not_there(String asked) throws SQLException {
        String now = knowledge.findCheckpointAt(null).orElseThrow().time().toString();
        sendEnrolment(NINGXIA, "4164000002");
        String counted = "/v1/indicators/inbound-students/evidence?period=2025&college=4164000002";
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                getValues(TestTokens.operatorToken(), counted).getLong("value"))
                        .isPositive());
        String path = "/v1/indicators/inbound-students/" + asked.replace("now", now) + "period=2025&college=";

        String theirs = withoutTime(path + "4164000002");
        String absent = withoutTime(path + "4164999999");

        assertThat(theirs.replace("4164000002", "4164999999")).isEqualTo(absent);
    }

    /** Removes the part that depends on the time of the response. */
    private static String withoutTime(String path) {
        JsonPath answer = getValues(TestTokens.bureauToken(TIBET), path);
        Map<String, Object> parts = new LinkedHashMap<>(answer.getMap(""));
        parts.remove("position");
        parts.remove("from");
        parts.remove("to");
        return parts + " " + answer.getString("from.value") + " " + answer.getString("to.value");
    }

    private static JsonPath getValues(String token, String path) {
        return given().auth()
                .oauth2(token)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static Receipt sendEnrolment(String province, String college) {
        return TestEventLog.sendChange(ENROLMENT, province + "/A-" + UUID.randomUUID(), 1, """
            {"nationality":"NRU","college":"%s","level":"higher-vocational","category":"degree","major":"460301",\
            "chineseWithSkills":true,"funding":"self","assessed":true,"startedOn":"2024-02-29",\
            "outcome":"enrolled"}\
            """.formatted(college));
    }

    private static String candidateDefinition() {
        return """
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
            """;
    }

    private static String previewBody(String province) {
        return """
            {"changes":[{"record":"overseas-school","province":"%s","sourceId":"A-%s","after":%s}]}\
            """.formatted(province, UUID.randomUUID(), TestEventLog.schoolJson("NRU", "other", "2020-02-29", null));
    }

    private static AccessMatrixRow.PathObjects objectsOf(Map<String, String> existing, Map<String, String> absent) {
        return new AccessMatrixRow.PathObjects() {
            @Override
            public Map<String, String> existing(String province) {
                return existing;
            }

            @Override
            public Map<String, String> absent(String province) {
                return absent;
            }
        };
    }

    /**
     * A figure of one province; all provinces exist.
     *
     * @param named whether the path names the figure, so that it can be absent
     */
    private record ProvinceFigure(boolean named) implements AccessMatrixRow.PathObjects {
        @Override
        public Map<String, String> existing(String province) {
            return Map.of("code", SCHOOLS, "province", province);
        }

        @Override
        public Map<String, String> absent(String province) {
            return named ? Map.of("code", "no-such-figure", "province", province) : Map.of();
        }
    }

    /** An operation that an operator started after the end of the one before; no province owns it. */
    private static final class StartedOperation implements AccessMatrixRow.PathObjects {
        private final String path;
        private String id = "";

        StartedOperation(String path) {
            this.path = path;
        }

        @Override
        public Map<String, String> existing(String province) {
            if (id.isEmpty()) {
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    String location = given().auth()
                            .oauth2(TestTokens.operatorToken())
                            .post(path)
                            .then()
                            .statusCode(202)
                            .extract()
                            .header("Location");
                    id = location.substring(location.lastIndexOf('/') + 1);
                });
            }
            return Map.of("id", id);
        }

        @Override
        public Map<String, String> absent(String province) {
            return Map.of("id", UUID.randomUUID().toString());
        }
    }

    /**
     * A set of published statistics that an operator has loaded; no province owns it.
     *
     * @param needed whether the set must exist
     */
    private record LoadedSetObjects(boolean needed) implements AccessMatrixRow.PathObjects {

        /** Returns a set with a line about each of the two provinces. */
        static String provincesCsv() {
            String set = "access-" + UUID.randomUUID();
            String line = "access-%1$s,2023,1,schools,overseas,overseas-schools,period=2023&province=%1$s\n";
            String csv = "figure,period,value,unit,service,indicator,slice\n" + line.formatted(TIBET)
                    + line.formatted(NINGXIA);
            RawBodyRequests.withBody(TestTokens.operatorToken(), "text/csv", csv.getBytes(StandardCharsets.UTF_8))
                    .put("/v1/published-sets/" + set + "?title=t&source=s")
                    .then()
                    .statusCode(201);
            return set;
        }

        static final String CSV = """
            figure,period,value,unit,service
            access-things,2023,1,things,overseas
            """;

        @Override
        public Map<String, String> existing(String province) {
            String set = "access-" + UUID.randomUUID();
            RawBodyRequests.withBody(TestTokens.operatorToken(), "text/csv", CSV.getBytes(StandardCharsets.UTF_8))
                    .put("/v1/published-sets/" + set + "?title=t&source=s")
                    .then()
                    .statusCode(201);
            return Map.of("set", set, "version", "1");
        }

        @Override
        public Map<String, String> absent(String province) {
            return needed ? Map.of("set", "absent-" + UUID.randomUUID(), "version", "1") : Map.of();
        }
    }

    /**
     * A year that an operator has planned; no province owns it.
     *
     * @param needed whether the plan must exist
     */
    private record PlannedYearObjects(boolean needed) implements AccessMatrixRow.PathObjects {

        static final String CSV = "province,service,records\n" + TIBET + ",overseas,1\n";

        @Override
        public Map<String, String> existing(String province) {
            RawBodyRequests.withBody(TestTokens.operatorToken(), "text/csv", CSV.getBytes(StandardCharsets.UTF_8))
                    .put("/v1/plans/1949");
            return Map.of("year", "1949");
        }

        @Override
        public Map<String, String> absent(String province) {
            return needed ? Map.of("year", "1950") : Map.of();
        }
    }

    /** A school that the figure already counts, with its evidence. */
    private static final class CountedSchoolObjects implements AccessMatrixRow.PathObjects {
        @Override
        public Map<String, String> existing(String province) {
            String id = "A-" + UUID.randomUUID();
            TestEventLog.sendChange(
                    TestEventLog.SCHOOL_TOPIC,
                    province + "/" + id,
                    1,
                    TestEventLog.schoolJson("NRU", "other", "2020-02-29", null));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(given().auth()
                                    .oauth2(TestTokens.bureauToken(province))
                                    .get("/v1/indicators/" + SCHOOLS + "/evidence?limit=1000&hostCountry=NRU")
                                    .asString())
                            .contains(id));
            return Map.of("code", SCHOOLS, "sourceId", id);
        }

        @Override
        public Map<String, String> absent(String province) {
            return Map.of();
        }
    }
}
