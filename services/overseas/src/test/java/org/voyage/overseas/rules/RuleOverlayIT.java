package org.voyage.overseas.rules;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;
import static org.voyage.overseas.OverseasBodies.school;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.RealBackends;

/** Integration test of an operator's overlay that softens one rule and hardens another. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
@TestProfile(RuleOverlayIT.RuleOverlayProfile.class)
class RuleOverlayIT {

    private static final String CLOSED_BEFORE_OPENED =
            school("closed", ",\"openedOn\":\"2016-02-29\",\"closedOn\":\"2015-01-01\"");

    /** Test profile with an overlay folder as an operator writes it. */
    public static class RuleOverlayProfile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                Path folder = Files.createDirectories(Path.of("target", "changed-rules"));
                Files.writeString(folder.resolve("overseas.yaml"), """
                        rules:
                          - id: closed-after-opened
                            severity: warn
                            amendments:
                              - { date: '2026-11-26', zh: 历史数据补报期间仅提示, en: Warns while history is sent }
                          - id: school-not-open-in-year
                            severity: refuse
                            amendments:
                              - { date: '2026-11-26', zh: 改为拒绝, en: Refuses now }
                        """);
                return Map.of(
                        "voyage.rules.folder", folder.toAbsolutePath().toString(), "voyage.rules.compare-every", "1s");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void what_breaks_a_softened_rule_is_stored_answered_with_a_warning_and_read_again() {
        String path = "/v1/overseas-schools/33/" + newSourceId("S");
        put(path, CLOSED_BEFORE_OPENED).then().statusCode(201).body("warnings.rule", hasItem("closed-after-opened"));
        bureau("33").get(path).then().statusCode(200).body("fields.closedOn", equalTo("2015-01-01"));
        put(path, CLOSED_BEFORE_OPENED).then().statusCode(200).body("version", equalTo(1));
    }

    @Test
    void a_row_of_a_file_warns_as_a_single_record_does() {
        String row = CLOSED_BEFORE_OPENED
                .replace("\n", "")
                .replaceFirst("\\{", "{\"sourceId\":\"" + newSourceId("S") + "\",");
        bureau("33")
                .contentType("application/x-ndjson")
                .body(row.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-schools/batches")
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(1))
                .body(containsString("closed-after-opened"));
    }

    @Test
    void a_first_number_that_is_a_large_part_of_the_nation_warns_in_a_dry_run_and_when_it_is_stored() {
        String school = newSourceId("S");
        put("/v1/overseas-schools/33/" + school, school("open", ",\"openedOn\":\"1990-09-01\""))
                .then()
                .statusCode(201);
        String sent = IntStream.range(0, 120)
                .mapToObj(i -> "{\"sourceId\":\"%s\",%s\n".formatted(newSourceId("T"), trainingFields(school, 10)))
                .collect(Collectors.joining());
        postTrainings("", sent).body("counts.created", equalTo(120));
        String row = "{\"sourceId\":\"" + newSourceId("T") + "\"," + trainingFields(school, 48_000);

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> postTrainings("?dryRun=true", row)
                        .body("warnings.rule", hasItem("large-part-of-nation"))
                        .body(containsString("4000 % of the sum of all provinces in 1991, which was 1200 at")));

        String path = "/v1/overseas-trainings/33/" + newSourceId("T");
        put(path, "{" + trainingFields(school, 48_000))
                .then()
                .statusCode(201)
                .body(
                        "warnings.find { it.rule == 'large-part-of-nation' }.detailZh",
                        startsWith("“48000”不低于全国 1991 年合计 1200 的 4000%（截至北京时间"));
        put(path, "{" + trainingFields(school, 48_001)).then().statusCode(200).body("warnings", nullValue());
    }

    private static String trainingFields(String school, int people) {
        return "\"school\":\"%s\",\"enterprise\":\"企业\",\"people\":%d,\"days\":2,\"startedOn\":\"1991-05-01\"}"
                .formatted(school, people);
    }

    private static ValidatableResponse postTrainings(String query, String rows) {
        return bureau("33")
                .contentType("application/x-ndjson")
                .body(rows.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-trainings/batches" + query)
                .then()
                .statusCode(200);
    }

    @Test
    void what_breaks_a_hardened_rule_is_refused() {
        String school = newSourceId("S");
        put("/v1/overseas-schools/33/" + school, openSchool()).then().statusCode(201);
        put(
                        "/v1/overseas-headcounts/33/" + newSourceId("H"),
                        "{\"school\":\"%s\",\"year\":2015,\"major\":\"460301\",\"students\":7}".formatted(school))
                .then()
                .statusCode(422)
                .body("errors.rule", hasItem("school-not-open-in-year"));
    }

    @Test
    void the_change_log_says_what_the_operator_did() {
        bureau("33")
                .get("/v1/rules/closed-after-opened")
                .then()
                .body("severity", equalTo("warn"))
                .body("amendments.en", hasItem("Warns while history is sent"));
    }
}
