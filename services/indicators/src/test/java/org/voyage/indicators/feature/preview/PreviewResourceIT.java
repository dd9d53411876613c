package org.voyage.indicators.feature.preview;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.FigureValuesByYear;
import org.voyage.indicators.RawBodyRequests;
import org.voyage.indicators.RecordStates;
import org.voyage.indicators.RunningServiceTest;
import org.voyage.indicators.TestEventLog;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class PreviewResourceIT implements RunningServiceTest {

    @TestHTTPResource("/v1/previews")
    @SuppressWarnings("NullAway.Init") // set before each test
    URI previews;

    @BeforeAll
    static void createTopics() throws Exception {
        TestEventLog.createTopics(List.of(RecordStates.ENROLMENT_TOPIC));
    }

    @Test
    void committing_what_was_previewed_gives_exactly_those_figures() {
        String there = newKey();
        String fresh = newKey();
        Receipt receipt = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, there, 1, schoolJson("KEN", "2019-01-01"))
                .plus(TestEventLog.sendChange(
                        TestEventLog.HEADCOUNT_TOPIC,
                        there,
                        1,
                        TestEventLog.headcountJson(there.substring(3), 2025, 40)));
        Map<String, Map<String, String>> before = everyFigure(receipt);

        JsonPath preview = postPreview(
                        TestTokens.operatorToken(),
                        changeJson("overseas-school", there, schoolJson("TZA", "2018-01-01")),
                        changeJson("overseas-school", fresh, schoolJson("KEN", "2021-01-01")),
                        changeJson("overseas-headcount", there, null),
                        changeJson(
                                "overseas-headcount", fresh, TestEventLog.headcountJson(fresh.substring(3), 2025, 65)))
                .statusCode(200)
                .extract()
                .jsonPath();
        Map<String, Map<String, String>> stillBefore = everyFigure(null);
        Receipt done = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, there, 2, schoolJson("TZA", "2018-01-01"))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, fresh, 1, schoolJson("KEN", "2021-01-01")))
                .plus(TestEventLog.sendChange(TestEventLog.HEADCOUNT_TOPIC, there, 2, null))
                .plus(TestEventLog.sendChange(
                        TestEventLog.HEADCOUNT_TOPIC,
                        fresh,
                        1,
                        TestEventLog.headcountJson(fresh.substring(3), 2025, 65)));
        Map<String, Map<String, String>> after = everyFigure(done);

        assertThat(stillBefore).isEqualTo(before);
        assertThat(FigureValuesByYear.withAnswer(before, preview, "after"))
                .isEqualTo(after)
                .isNotEqualTo(before);
        assertThat(preview.getLong("items.find { it.indicator.code == 'overseas-students' }.years[0].difference"))
                .isEqualTo(25);
    }

    /** Three such trainings made the sum of people times days negative. */
    @Test
    void a_training_beyond_what_the_service_takes_is_refused_as_it_refuses_it() {
        postPreview(TestTokens.operatorToken(), changeJson("overseas-training", "12/T-" + UUID.randomUUID(), """
                                {"school":"s","enterprise":"e","people":2147483647,"days":3661,"startedOn":"2021-01-01"}"""))
                .statusCode(422)
                .body("errors.pointer", hasItems("/changes/0/after/people", "/changes/0/after/days"));
    }

    @Test
    void places_move_to_where_they_then_are_in_every_year() {
        String moved = newKey();
        Receipt receipt = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, moved, 1, schoolJson("TUN", "2019-01-01"));
        for (String country : List.of("TUN", "TUN", "MAR", "MAR", "DZA")) {
            receipt = receipt.plus(
                    TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, newKey(), 1, schoolJson(country, "2020-01-01")));
        }
        everyFigure(receipt);
        List<String> figures = List.of("overseas-schools", "overseas-schools-share");
        List<String> years = List.of("2019", "2020", "2025");
        Map<String, Map<String, String>> before = new TreeMap<>();
        figures.forEach(code -> years.forEach(year -> before.put(code + year, readPlaces(code, "hostCountry", year))));

        JsonPath preview = postPreview(
                        TestTokens.operatorToken(),
                        changeJson("overseas-school", moved, schoolJson("DZA", "2019-01-01")))
                .statusCode(200)
                .extract()
                .jsonPath();
        everyFigure(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, moved, 2, schoolJson("DZA", "2019-01-01")));

        for (String code : figures) {
            for (String year : years) {
                Map<String, String> was = before.getOrDefault(code + year, Map.of());
                assertThat(withPreview(was, preview, code, "hostCountry", year))
                        .as("%s in %s", code, year)
                        .isEqualTo(readPlaces(code, "hostCountry", year))
                        .isNotEqualTo(was);
            }
        }
    }

    /** Includes growth, whose years the preview names, a share, and a threshold. */
    @Test
    void what_is_derived_moves_as_previewed() {
        String there = "63/V-" + UUID.randomUUID();
        Receipt receipt = TestEventLog.sendChange(
                        RecordStates.ENROLMENT_TOPIC, there, 1, enrolmentJson("TON", "2021-02-01", true))
                .plus(TestEventLog.sendChange(
                        RecordStates.ENROLMENT_TOPIC,
                        "63/S-" + there.substring(3),
                        1,
                        enrolmentJson("FJI", "2020-02-01", true)));
        Map<String, Map<String, String>> before = FigureValuesByYear.readAll("inbound", receipt);

        JsonPath preview = postPreview(
                        TestTokens.operatorToken(),
                        changeJson("inbound-enrolment", there, enrolmentJson("WSM", "2022-02-01", false)),
                        changeJson(
                                "inbound-enrolment",
                                "63/N-" + there.substring(3),
                                enrolmentJson("TON", "2023-02-01", true)))
                .statusCode(200)
                .extract()
                .jsonPath();
        receipt = TestEventLog.sendChange(
                        RecordStates.ENROLMENT_TOPIC, there, 2, enrolmentJson("WSM", "2022-02-01", false))
                .plus(TestEventLog.sendChange(
                        RecordStates.ENROLMENT_TOPIC,
                        "63/N-" + there.substring(3),
                        1,
                        enrolmentJson("TON", "2023-02-01", true)));

        assertThat(FigureValuesByYear.withAnswer(before, preview, "after"))
                .isEqualTo(FigureValuesByYear.readAll("inbound", receipt))
                .isNotEqualTo(before);
        assertThat(preview.getList("items.indicator.code"))
                .contains("inbound-students", "inbound-assessed-share", "inbound-students-growth");
        String growth = "items.find { it.indicator.code == 'inbound-students-growth' }.years[0].";
        assertThat(FigureValuesByYear.readValues(
                                "inbound-students-growth", "period=" + preview.getString(growth + "period"))
                        .getFirst()
                        .get("value"))
                .hasToString(preview.getString(growth + "after"));
    }

    private static String enrolmentJson(String nationality, String from, boolean assessed) {
        return RecordStates.enrolmentJson("4163000001", nationality, from, "2099-12-31", assessed);
    }

    @Test
    void places_of_countries_move_and_a_bureau_sees_no_other_province() {
        String school = newKey();
        everyFigure(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, school, 1, schoolJson("PNG", "2019-01-01")));

        postPreview(
                        TestTokens.bureauToken("12"),
                        changeJson("overseas-school", school, schoolJson("VUT", "2019-01-01")))
                .statusCode(200)
                .body("items.find { it.indicator.code == 'overseas-schools' }.years", empty())
                .body(
                        "items.find { it.indicator.code == 'overseas-schools' }.ranks.findAll { it.period == '2020' }.code",
                        equalTo(List.of("PNG", "VUT")))
                .body("items.find { it.indicator.code == 'overseas-schools' }.ranks[0].rankAfter", nullValue())
                .body("items.find { it.indicator.code == 'overseas-schools' }.moreRanks", equalTo(0));
    }

    /** Neither a total nor a place changes, but published figures are by brand. */
    @Test
    void a_move_along_another_dimension_alone_is_reported_too() {
        String key = newKey();
        everyFigure(TestEventLog.sendChange(
                TestEventLog.SCHOOL_TOPIC, key, 1, TestEventLog.schoolJson("LSO", "other", "2022-01-01", null)));
        Map<String, Map<String, String>> before = new TreeMap<>();
        List.of("2022", "2025").forEach(year -> before.put(year, readPlaces("overseas-schools", "brand", year)));
        String luban = TestEventLog.schoolJson("LSO", "luban-workshop", "2022-01-01", null);

        JsonPath preview = postPreview(TestTokens.bureauToken("12"), changeJson("overseas-school", key, luban))
                .statusCode(200)
                .extract()
                .jsonPath();
        everyFigure(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 2, luban));

        String schools = "items.find { it.indicator.code == 'overseas-schools' }.";
        assertThat(preview.getList(schools + "years")).isEmpty();
        assertThat(preview.getList(schools + "dimensions")).containsExactly("brand");
        assertThat(preview.getList(schools + "ranks.dimension")).isNotEmpty().containsOnly("brand");
        for (String year : List.of("2022", "2025")) {
            assertThat(withPreview(before.getOrDefault(year, Map.of()), preview, "overseas-schools", "brand", year))
                    .isEqualTo(readPlaces("overseas-schools", "brand", year))
                    .isNotEqualTo(before.get(year));
        }
    }

    /** Admissions without a level increase or decrease, but their assessed share changes. */
    @Test
    void what_is_derived_moves_by_other_dimensions_than_what_it_is_derived_from() {
        String key = "63/V-" + UUID.randomUUID();
        FigureValuesByYear.readAll(
                "inbound", TestEventLog.sendChange(RecordStates.ENROLMENT_TOPIC, key, 1, oneTermEnrolment(false)));
        String share = "inbound-assessed-share";
        Map<String, String> before = readPlaces(share, "level", "1974");

        JsonPath preview = postPreview(
                        TestTokens.operatorToken(), changeJson("inbound-enrolment", key, oneTermEnrolment(true)))
                .statusCode(200)
                .extract()
                .jsonPath();
        FigureValuesByYear.readAll(
                "inbound", TestEventLog.sendChange(RecordStates.ENROLMENT_TOPIC, key, 2, oneTermEnrolment(true)));

        assertThat(withPreview(before, preview, share, "level", "1974"))
                .isEqualTo(readPlaces(share, "level", "1974"))
                .isNotEqualTo(before);
        assertThat(preview.getList("items.find { it.indicator.code == 'inbound-admissions' }.dimensions"))
                .containsExactly("assessed");
    }

    private static String oneTermEnrolment(boolean assessed) {
        return RecordStates.enrolmentJson("4163000001", "TON", "1974-02-01", "1974-06-30", assessed);
    }

    /** Colleges have no list of codes: the preview reports the change by college, and its figure. */
    @Test
    void a_figure_of_which_only_colleges_move_is_named() {
        String key = newKey();
        String school = TestEventLog.schoolJson("LSO", "other", "2022-01-01", null);
        everyFigure(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, school));
        String other = school.replace("4112000002", "4112900099");
        assertThat(other).isNotEqualTo(school);

        JsonPath preview = postPreview(TestTokens.bureauToken("12"), changeJson("overseas-school", key, other))
                .statusCode(200)
                .extract()
                .jsonPath();

        String foundings = "items.find { it.indicator.code == 'overseas-school-foundings' }.";
        assertThat(preview.getList(foundings + "dimensions")).containsExactly("college");
        assertThat(preview.getList(foundings + "ranks")).isEmpty();
        assertThat(preview.getList("items.indicator.code")).doesNotContain("overseas-schools");
    }

    @Test
    void what_changes_nothing_moves_no_figure() {
        String key = newKey();
        everyFigure(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, key, 1, schoolJson("KEN", "2019-01-01")));

        postPreview(TestTokens.bureauToken("12"), changeJson("overseas-school", key, schoolJson("KEN", "2019-01-01")))
                .statusCode(200)
                .body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};/changes;required",
                "{\"changes\":[]};/changes;list-length",
                "{\"changes\":[7]};/changes/0;type",
                "{\"changes\":[{\"record\":\"school\",\"province\":\"12\",\"sourceId\":\"a\",\"after\":null}]};/changes/0/record;record-unknown",
                "{\"changes\":[{\"record\":\"standard\",\"province\":\"99\",\"sourceId\":\"a\",\"after\":null}]};/changes/0/province;province-unknown",
                "{\"changes\":[{\"record\":\"standard\",\"province\":\"12\",\"sourceId\":\"\",\"after\":null}]};/changes/0/sourceId;empty",
                "{\"changes\":[{\"record\":\"standard\",\"province\":\"12\",\"sourceId\":\"a\"}]};/changes/0/after;required",
                "{\"changes\":[{\"record\":\"standard\",\"province\":\"12\",\"sourceId\":\"a\",\"aftr\":null,\"after\":null}]};/changes/0/aftr;unknown-property",
                "{\"changes\":[{\"record\":\"overseas-school\",\"province\":\"12\",\"sourceId\":\"a\",\"after\":{\"openedOn\":7}}]};/changes/0/after;state"
            })
    void what_cannot_be_read_is_refused_by_its_place(String body, String pointer, String rule) {
        postBody(TestTokens.operatorToken(), body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer))
                .body("errors.rule", hasItem(rule));
    }

    /** The other record is valid, and is read as it is. */
    @Test
    void what_is_no_change_is_refused_alone() {
        postBody(TestTokens.operatorToken(), "{\"changes\":[7," + changeJson("standard", "12/a", null) + "]}")
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/changes/0")));
    }

    @Test
    void the_same_record_twice_and_too_many_are_refused() {
        String one = changeJson("standard", "12/a", null);
        postBody(TestTokens.operatorToken(), "{\"changes\":[" + one + "," + one + "]}")
                .statusCode(422)
                .body("errors", hasSize(1));
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= 1000; i++) {
            many.add(changeJson("standard", "12/" + i, null));
        }
        postBody(TestTokens.operatorToken(), "{\"changes\":[" + String.join(",", many) + "]}")
                .statusCode(422)
                .body("errors.rule", hasItem("list-length"));
    }

    @Test
    void a_bureau_imagines_its_own_records_only() {
        String body = "{\"changes\":[" + changeJson("standard", "32/a", null) + "]}";
        postBody(TestTokens.bureauToken("12"), body).statusCode(404);
        postBody(TestTokens.allianceToken("WFCP"), body).statusCode(403);
        given().contentType("application/json")
                .body(body)
                .post("/v1/previews")
                .then()
                .statusCode(401);
    }

    /** The lines of a dry run response: created, corrected and withdrawn records, one record twice, an empty line. */
    @Test
    void the_lines_of_a_dry_run_are_previewed_as_they_are() {
        String there = newKey();
        String fresh = newKey();
        String gone = newKey();
        Receipt receipt = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, there, 1, schoolJson("KEN", "2019-01-01"))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, gone, 1, schoolJson("KEN", "2019-01-01")));
        Map<String, Map<String, String>> before = everyFigure(receipt);

        JsonPath preview = postLines(
                        TestTokens.bureauToken("12"),
                        changeLine("overseas-school", there, "corrected", schoolJson("TZA", "2018-01-01"))
                                + "\n"
                                + changeLine("overseas-school", fresh, "created", schoolJson("UGA", "2020-01-01"))
                                + changeLine("overseas-school", fresh, "corrected", schoolJson("KEN", "2021-01-01"))
                                + changeLine("overseas-school", gone, "withdrawn", null)
                                + changeLine(
                                                "overseas-headcount",
                                                fresh,
                                                "created",
                                                TestEventLog.headcountJson(fresh.substring(3), 2024, 9))
                                        .strip())
                .statusCode(200)
                .extract()
                .jsonPath();
        Receipt done = TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, there, 2, schoolJson("TZA", "2018-01-01"))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, fresh, 1, schoolJson("KEN", "2021-01-01")))
                .plus(TestEventLog.sendChange(TestEventLog.SCHOOL_TOPIC, gone, 2, null))
                .plus(TestEventLog.sendChange(
                        TestEventLog.HEADCOUNT_TOPIC,
                        fresh,
                        1,
                        TestEventLog.headcountJson(fresh.substring(3), 2024, 9)));

        assertThat(FigureValuesByYear.withAnswer(before, preview, "after"))
                .isEqualTo(everyFigure(done))
                .isNotEqualTo(before);
    }

    @Test
    void a_dry_run_that_changes_nothing_moves_no_figure() {
        postLines(TestTokens.bureauToken("12"), "").statusCode(200).body("items", empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"record\":\"school\",\"province\":\"12\",\"sourceId\":\"a\",\"after\":null};422;/rows/2/record;record-unknown",
                "{\"record\":\"standard\",\"province\":\"12\",\"sourceId\":\"a\"};422;/rows/2/after;required",
                "{\"record\":\"standard\",\"province\":\"12\",\"sourceId\":\"a\",\"after\":null,\"changed\":1};422;/rows/2/changed;unknown-property",
                "{\"record\":\"overseas-school\",\"province\":\"12\",\"sourceId\":\"甲\",\"after\":{\"openedOn\":7}};422;/rows/2/after;state",
            })
    void a_line_that_cannot_be_read_is_refused_by_its_row(String line, int status, String pointer, String rule) {
        postLines(TestTokens.operatorToken(), changeLine("standard", "12/fine", "withdrawn", null) + line)
                .statusCode(status)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer))
                .body("errors.rule", hasItem(rule))
                .body("errors[0].detailZh", notNullValue());
    }

    @Test
    void lines_that_are_no_json_or_too_many_or_another_s_are_refused() {
        postLines(TestTokens.operatorToken(), changeLine("standard", "12/a", "withdrawn", null) + "{\"record")
                .statusCode(400)
                .body("detail", containsString("line 2"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= 20_000; i++) {
            many.append(changeLine("standard", "12/" + i, "withdrawn", null));
        }
        postLines(TestTokens.operatorToken(), many.toString())
                .statusCode(422)
                .body("errors[0].rule", equalTo("list-length"));
        postLines(TestTokens.operatorToken(), " ".repeat(16 * 1024 * 1024 + 1)).statusCode(413);
        postLines(TestTokens.bureauToken("12"), changeLine("standard", "32/a", "withdrawn", null))
                .statusCode(404);
        postLines(TestTokens.allianceToken("WFCP"), changeLine("standard", "12/a", "withdrawn", null))
                .statusCode(403);
    }

    /** A sender that stalls holds the only place of its client, and not for long. */
    @Test
    void a_body_that_stalls_ends_and_disturbs_no_other_client() throws IOException {
        String body = "{\"changes\":[" + changeJson("standard", "12/fine", null) + "]}";
        try (Socket stalled = beginRequest(1024 * 1024)) {
            postBody(TestTokens.bureauToken("12"), body).statusCode(200);
            stalled.setSoTimeout(60_000);
            assertThat(new String(stalled.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 408");
        }
        postBody(TestTokens.operatorToken(), body).statusCode(200);
    }

    /** Sends a request without its body. */
    private Socket beginRequest(int length) throws IOException {
        Socket socket = new Socket(previews.getHost(), previews.getPort());
        socket.getOutputStream()
                .write("""
                        POST %s HTTP/1.1\r
                        Host: %s\r
                        Authorization: Bearer %s\r
                        Content-Type: application/json\r
                        Content-Length: %d\r
                        \r
                        """.formatted(previews.getPath(), previews.getAuthority(), TestTokens.operatorToken(), length)
                        .getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static String changeLine(String record, String key, String change, @Nullable String after) {
        return "{\"record\":\"%s\",\"province\":\"%s\",\"sourceId\":\"%s\",\"change\":\"%s\",\"after\":%s}\n"
                .formatted(record, key.substring(0, 2), key.substring(3), change, after);
    }

    private static ValidatableResponse postLines(String token, String body) {
        return RawBodyRequests.withBody(token, "application/x-ndjson", body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/previews")
                .then();
    }

    private static String newKey() {
        return "12/V-" + UUID.randomUUID();
    }

    private static String schoolJson(String country, String openedOn) {
        return TestEventLog.schoolJson(country, "luban-workshop", openedOn, null);
    }

    private static String changeJson(String record, String key, @Nullable String after) {
        return "{\"record\":\"%s\",\"province\":\"%s\",\"sourceId\":\"%s\",\"after\":%s}"
                .formatted(record, key.substring(0, 2), key.substring(3), after);
    }

    private static ValidatableResponse postPreview(String token, String... changes) {
        return postBody(token, "{\"changes\":[" + String.join(",", changes) + "]}");
    }

    private static ValidatableResponse postBody(String token, String body) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(body)
                .post("/v1/previews")
                .then();
    }

    private static Map<String, Map<String, String>> everyFigure(@Nullable Receipt receipt) {
        return FigureValuesByYear.readAll("overseas", receipt);
    }

    /** Returns value and place of every code with a value. */
    private static Map<String, String> readPlaces(String code, String dimension, String year) {
        List<Map<String, Object>> values = FigureValuesByYear.readValues(code, "period=" + year + "&by=" + dimension);
        Map<String, String> places = new TreeMap<>();
        for (Map<String, Object> each : values) {
            if (each.get("value") instanceof Number own && !"unknown".equals(each.get(dimension))) {
                long larger = values.stream()
                        .filter(other -> !"unknown".equals(other.get(dimension)))
                        .filter(other ->
                                other.get("value") instanceof Number number && number.doubleValue() > own.doubleValue())
                        .count();
                places.put(String.valueOf(each.get(dimension)), own + " at " + (larger + 1));
            }
        }
        return places;
    }

    /** Merges the preview of the places of a year into the earlier values. */
    private static Map<String, String> withPreview(
            Map<String, String> before, JsonPath preview, String code, String dimension, String year) {
        Map<String, String> after = new TreeMap<>(before);
        preview.<Map<String, Object>>getList("items.find { it.indicator.code == '" + code
                        + "' }.ranks.findAll { it.dimension == '" + dimension + "' && it.period == '" + year + "' }")
                .forEach(rank -> {
                    String named = String.valueOf(rank.get("code"));
                    assertThat(before.get(named)).isEqualTo(placeText(rank.get("before"), rank.get("rankBefore")));
                    after.remove(named);
                    String at = placeText(rank.get("after"), rank.get("rankAfter"));
                    if (at != null) {
                        after.put(named, at);
                    }
                });
        return after;
    }

    private static @Nullable String placeText(@Nullable Object value, @Nullable Object rank) {
        return rank == null ? null : value + " at " + rank;
    }
}
