package org.voyage.indicators.feature.tabular;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.indicators.evidence.checkpoint.CheckpointHistory;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

/** Test of the answers that are also CSV files and spreadsheets: the largest first, with names and links. */
@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class TabularResponderIT implements RunningServiceTest {

    private static final String FROM = "2026-01-01T00:00:00Z";

    @Inject
    CheckpointHistory knowledge;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/changes?from=" + FROM,
                "/v1/indicators/overseas-schools/changes?from=" + FROM,
                "/v1/indicators/overseas-schools/evidence?limit=5",
                "/v1/completeness?year=2025",
                "/v1/reconciliation?set=built-in",
                "/v1/reconciliation/bridge?figure=overseas-schools&period=2023"
            })
    void each_answer_is_json_csv_and_a_spreadsheet(String path) throws IOException {
        sendSchool("22", "TUV", 1, "示例");

        get(path, "*/*").then().statusCode(200).contentType("application/json");
        String csv = get(path + "&format=csv", "*/*")
                .then()
                .statusCode(200)
                .contentType("text/csv;charset=UTF-8;header=present")
                .header("Content-Disposition", containsString(".csv"))
                .extract()
                .asString();
        assertThat(csv).contains(",link").contains("/v1/");
        assertThat(get(path, "text/csv").asString().lines().findFirst())
                .isEqualTo(csv.lines().findFirst());
        byte[] spreadsheet = get(path + "&format=xlsx", "*/*")
                .then()
                .statusCode(200)
                .contentType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
                .header("Content-Disposition", containsString(".xlsx"))
                .extract()
                .asByteArray();
        assertThat(sheetNames(spreadsheet)).contains("xl/worksheets/sheet1.xml");
        get(path, "application/pdf").then().statusCode(406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/changes?from=" + FROM,
                "/v1/indicators/overseas-schools/changes?from=" + FROM,
                "/v1/indicators/overseas-schools/evidence?limit=5",
                "/v1/completeness?year=2025",
                "/v1/reconciliation?set=built-in",
                "/v1/reconciliation/bridge?figure=overseas-schools&period=2023"
            })
    void an_unknown_format_is_answered_with_those_that_there_are(String path) {
        get(path + "&format=xls", "*/*")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].pointer", equalTo("?format"))
                .body("errors[0].detail", containsString("json, csv, xlsx"))
                .body("errors[0].detailZh", containsString("json、csv、xlsx"));
    }

    @Test
    void what_moved_is_listed_with_the_largest_difference_first() throws Exception {
        Instant from = knowledge.findCheckpointAt(null).orElseThrow().time();
        sendSchool("14", "NRU", 1, "甲");
        sendSchool("14", "NRU", 1, "乙");
        sendSchool("14", "TUV", 1, "丙");

        List<List<String>> rows = readCsv("/v1/changes?format=csv&from=" + from);

        int difference = rows.getFirst().indexOf("difference");
        assertThat(rows.subList(1, rows.size()).stream()
                        .map(row -> Math.abs(Double.parseDouble(row.get(difference))))
                        .toList())
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(rows)
                .anySatisfy(row -> assertThat(row)
                        .contains("overseas-schools", "境外办学机构数", "hostCountry", "NRU", "Nauru", "2")
                        .anyMatch(cell -> cell.startsWith("/v1/indicators/overseas-schools/changes?from=")
                                && cell.endsWith("&hostCountry=NRU")));
        assertThat(get("/v1/changes?from=" + from, "*/*").jsonPath().getString("items[0].indicator.code"))
                .isNotNull();
    }

    /** A name that a spreadsheet would run. */
    @Test
    void evidence_names_schools_and_a_name_is_never_a_formula() throws Exception {
        String key = sendSchool("23", "KIR", 1, "=cmd|' /C calc'!A0");
        String path = "/v1/indicators/overseas-schools/evidence?province=23&hostCountry=KIR";

        String name =
                get(path, "*/*").jsonPath().getString("items.find { it.sourceId == '" + key.substring(3) + "' }.name");
        List<List<String>> rows = readCsv(path + "&format=csv");

        assertThat(name).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(rows)
                .anySatisfy(row -> assertThat(row)
                        .contains("'=cmd|' /C calc'!A0", "23", "Heilongjiang", "overseas-school", key.substring(3))
                        .contains("/v1/overseas-schools/" + key));
    }

    @Test
    void the_causes_of_a_change_name_their_events() throws Exception {
        Instant from = knowledge.findCheckpointAt(null).orElseThrow().time();
        String key = sendSchool("36", "WSM", 1, "鄱阳湖工坊");

        List<List<String>> rows =
                readCsv("/v1/indicators/overseas-schools/changes?province=36&hostCountry=WSM&format=csv&from=" + from);

        assertThat(rows.get(1)).contains("cause", "1");
        assertThat(rows.get(2)).contains("event", "鄱阳湖工坊", "Jiangxi", "/v1/overseas-schools/" + key);
    }

    @Test
    void evidence_is_paged_with_the_largest_amount_first() {
        String school = sendSchool("43", "FJI", 1, "湘江工坊");
        Receipt sent = Receipt.EMPTY;
        for (int students : List.of(5, 70, 30, 200, 1)) {
            sent = sent.plus(TestEventLog.sendChange(
                    TestEventLog.HEADCOUNT_TOPIC,
                    "43/T-" + UUID.randomUUID(),
                    1,
                    TestEventLog.headcountJson(school.substring(3), 2022, students)));
        }
        String path = "/v1/indicators/overseas-students/evidence?province=43&hostCountry=FJI&period=2022&limit=2";
        get(path + "&receipt=" + sent.text(), "*/*").then().statusCode(200);
        List<Integer> amounts = new ArrayList<>();
        @Nullable String next = "";
        while (next != null) {
            Response page = given().auth()
                    .oauth2(TestTokens.operatorToken())
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("cursor", next))
                    .get(path);
            page.then().statusCode(200);
            amounts.addAll(page.jsonPath().getList("items.amount", Integer.class));
            next = page.jsonPath().getString("next");
        }

        assertThat(amounts).containsExactly(200, 70, 30, 5, 1);
        get(path + "&format=csv", "*/*")
                .then()
                .header("Link", containsString("rel=\"next\""))
                .header("Link", containsString("&cursor="));
    }

    private static List<List<String>> readCsv(String path) {
        return get(path, "*/*")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .map(line -> Arrays.asList(line.split(",", -1)))
                .toList();
    }

    private static Response get(String path, String accept) {
        return given().auth()
                .oauth2(TestTokens.operatorToken())
                .header("Accept", accept)
                .urlEncodingEnabled(false)
                .get(path);
    }

    /** Sends a school and waits until the figures and the evidence hold it. */
    private static String sendSchool(String province, String country, int version, String name) {
        String key = province + "/T-" + UUID.randomUUID();
        Receipt sent = TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC,
                key,
                version,
                TestEventLog.schoolJson(country, "other", "2020-01-01", null).replace("示例", name));
        get("/v1/indicators/overseas-schools/evidence?limit=1&receipt=" + sent.text(), "*/*")
                .then()
                .statusCode(200);
        return key;
    }

    private static List<String> sheetNames(byte[] spreadsheet) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream parts = new ZipInputStream(new ByteArrayInputStream(spreadsheet), StandardCharsets.UTF_8)) {
            for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
                names.add(part.getName());
            }
        }
        return names;
    }
}
