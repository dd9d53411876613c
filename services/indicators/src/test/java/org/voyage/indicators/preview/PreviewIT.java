package org.voyage.indicators.preview;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
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
import java.time.Duration;
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
import org.voyage.indicators.EventLog;
import org.voyage.indicators.EveryFigure;
import org.voyage.indicators.Records;
import org.voyage.indicators.Sending;
import org.voyage.indicators.Serving;
import org.voyage.kit.outbox.Receipt;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.TestTokens;

@QuarkusTest
@QuarkusTestResource(value = RealBackends.class, initArgs = @ResourceArg(name = "database", value = "indicators"))
class PreviewIT implements Serving {

    @TestHTTPResource("/v1/previews")
    @SuppressWarnings("NullAway.Init") // set before each test
    URI previews;

    @BeforeAll
    static void topics() throws Exception {
        EventLog.createTopics(List.of(Records.ENROLMENT));
    }

    @Test
    void committing_what_was_previewed_gives_exactly_those_figures() {
        String there = key();
        String fresh = key();
        Receipt receipt = EventLog.send(EventLog.SCHOOL, there, 1, school("KEN", "2019-01-01"))
                .plus(EventLog.send(EventLog.HEADCOUNT, there, 1, EventLog.headcount(there.substring(3), 2025, 40)));
        Map<String, Map<String, String>> before = everyFigure(receipt);

        JsonPath preview = preview(
                        TestTokens.operatorToken(),
                        change("overseas-school", there, school("TZA", "2018-01-01")),
                        change("overseas-school", fresh, school("KEN", "2021-01-01")),
                        change("overseas-headcount", there, null),
                        change("overseas-headcount", fresh, EventLog.headcount(fresh.substring(3), 2025, 65)))
                .statusCode(200)
                .extract()
                .jsonPath();
        Map<String, Map<String, String>> stillBefore = everyFigure(null);
        Receipt done = EventLog.send(EventLog.SCHOOL, there, 2, school("TZA", "2018-01-01"))
                .plus(EventLog.send(EventLog.SCHOOL, fresh, 1, school("KEN", "2021-01-01")))
                .plus(EventLog.send(EventLog.HEADCOUNT, there, 2, null))
                .plus(EventLog.send(EventLog.HEADCOUNT, fresh, 1, EventLog.headcount(fresh.substring(3), 2025, 65)));
        Map<String, Map<String, String>> after = everyFigure(done);

        assertThat(stillBefore).isEqualTo(before);
        assertThat(EveryFigure.with(before, preview, "after")).isEqualTo(after).isNotEqualTo(before);
        assertThat(preview.getLong("figures.find { it.indicator.code == 'overseas-students' }.years[0].change"))
                .isEqualTo(25);
    }

    @Test
    void places_move_to_where_they_then_are_in_every_year() {
        String moved = key();
        Receipt receipt = EventLog.send(EventLog.SCHOOL, moved, 1, school("TUN", "2019-01-01"));
        for (String country : List.of("TUN", "TUN", "MAR", "MAR", "DZA")) {
            receipt = receipt.plus(EventLog.send(EventLog.SCHOOL, key(), 1, school(country, "2020-01-01")));
        }
        everyFigure(receipt);
        List<String> figures = List.of("overseas-schools", "overseas-schools-share");
        List<String> years = List.of("2019", "2020", "2025");
        Map<String, Map<String, String>> before = new TreeMap<>();
        figures.forEach(code -> years.forEach(year -> before.put(code + year, places(code, "hostCountry", year))));

        JsonPath preview = preview(TestTokens.operatorToken(), change("overseas-school", moved, school("DZA", "2019-01-01")))
                .statusCode(200)
                .extract()
                .jsonPath();
        everyFigure(EventLog.send(EventLog.SCHOOL, moved, 2, school("DZA", "2019-01-01")));

        for (String code : figures) {
            for (String year : years) {
                Map<String, String> was = before.getOrDefault(code + year, Map.of());
                assertThat(with(was, preview, code, "hostCountry", year))
                        .as("%s in %s", code, year)
                        .isEqualTo(places(code, "hostCountry", year))
                        .isNotEqualTo(was);
            }
        }
    }

    /** Among them growth, whose years the preview names, a share, and a threshold. */
    @Test
    void what_is_derived_moves_as_previewed() {
        String there = "63/V-" + UUID.randomUUID();
        Receipt receipt = EventLog.send(Records.ENROLMENT, there, 1, enrolment("TON", "2021-02-01", true))
                .plus(EventLog.send(
                        Records.ENROLMENT, "63/S-" + there.substring(3), 1, enrolment("FJI", "2020-02-01", true)));
        Map<String, Map<String, String>> before = EveryFigure.of("inbound", receipt);

        JsonPath preview = preview(
                        TestTokens.operatorToken(),
                        change("inbound-enrolment", there, enrolment("WSM", "2022-02-01", false)),
                        change("inbound-enrolment", "63/N-" + there.substring(3), enrolment("TON", "2023-02-01", true)))
                .statusCode(200)
                .extract()
                .jsonPath();
        receipt = EventLog.send(Records.ENROLMENT, there, 2, enrolment("WSM", "2022-02-01", false))
                .plus(EventLog.send(
                        Records.ENROLMENT, "63/N-" + there.substring(3), 1, enrolment("TON", "2023-02-01", true)));

        assertThat(EveryFigure.with(before, preview, "after"))
                .isEqualTo(EveryFigure.of("inbound", receipt))
                .isNotEqualTo(before);
        assertThat(preview.getList("figures.indicator.code"))
                .contains("inbound-students", "inbound-assessed-share", "inbound-students-growth");
        String growth = "figures.find { it.indicator.code == 'inbound-students-growth' }.years[0].";
        assertThat(EveryFigure.values("inbound-students-growth", "period=" + preview.getString(growth + "year"))
                        .getFirst()
                        .get("value"))
                .hasToString(preview.getString(growth + "after"));
    }

    private static String enrolment(String nationality, String from, boolean assessed) {
        return Records.enrolment("4163000001", nationality, from, "2099-12-31", assessed);
    }

    @Test
    void places_of_countries_move_and_a_bureau_sees_no_other_province() {
        String school = key();
        everyFigure(EventLog.send(EventLog.SCHOOL, school, 1, school("PNG", "2019-01-01")));

        preview(TestTokens.bureauToken("12"), change("overseas-school", school, school("VUT", "2019-01-01")))
                .statusCode(200)
                .body("figures.find { it.indicator.code == 'overseas-schools' }.years", empty())
                .body(
                        "figures.find { it.indicator.code == 'overseas-schools' }.ranks.findAll { it.year == '2020' }.code",
                        equalTo(List.of("PNG", "VUT")))
                .body("figures.find { it.indicator.code == 'overseas-schools' }.ranks[0].rankAfter", nullValue())
                .body("figures.find { it.indicator.code == 'overseas-schools' }.moreRanks", equalTo(0));
    }

    /** Neither a total nor a place moves, but published figures are by brand. */
    @Test
    void what_moves_by_another_dimension_alone_is_told_too() {
        String key = key();
        everyFigure(EventLog.send(EventLog.SCHOOL, key, 1, EventLog.school("LSO", "other", "2022-01-01", null)));
        Map<String, Map<String, String>> before = new TreeMap<>();
        List.of("2022", "2025").forEach(year -> before.put(year, places("overseas-schools", "brand", year)));
        String luban = EventLog.school("LSO", "luban-workshop", "2022-01-01", null);

        JsonPath preview = preview(TestTokens.bureauToken("12"), change("overseas-school", key, luban))
                .statusCode(200)
                .extract()
                .jsonPath();
        everyFigure(EventLog.send(EventLog.SCHOOL, key, 2, luban));

        String schools = "figures.find { it.indicator.code == 'overseas-schools' }.";
        assertThat(preview.getList(schools + "years")).isEmpty();
        assertThat(preview.getList(schools + "dimensions")).containsExactly("brand");
        assertThat(preview.getList(schools + "ranks.dimension")).isNotEmpty().containsOnly("brand");
        for (String year : List.of("2022", "2025")) {
            assertThat(with(before.getOrDefault(year, Map.of()), preview, "overseas-schools", "brand", year))
                    .isEqualTo(places("overseas-schools", "brand", year))
                    .isNotEqualTo(before.get(year));
        }
    }

    /** Admissions of no level are more or fewer, but the share of them that is assessed is another. */
    @Test
    void what_is_derived_moves_by_other_dimensions_than_what_it_is_derived_from() {
        String key = "63/V-" + UUID.randomUUID();
        EveryFigure.of("inbound", EventLog.send(Records.ENROLMENT, key, 1, ofOneTerm(false)));
        String share = "inbound-assessed-share";
        Map<String, String> before = places(share, "level", "1974");

        JsonPath preview = preview(TestTokens.operatorToken(), change("inbound-enrolment", key, ofOneTerm(true)))
                .statusCode(200)
                .extract()
                .jsonPath();
        EveryFigure.of("inbound", EventLog.send(Records.ENROLMENT, key, 2, ofOneTerm(true)));

        assertThat(with(before, preview, share, "level", "1974"))
                .isEqualTo(places(share, "level", "1974"))
                .isNotEqualTo(before);
        assertThat(preview.getList("figures.find { it.indicator.code == 'inbound-admissions' }.dimensions"))
                .containsExactly("assessed");
    }

    private static String ofOneTerm(boolean assessed) {
        return Records.enrolment("4163000001", "TON", "1974-02-01", "1974-06-30", assessed);
    }

    /** A college has no list of codes: that something moves by it is told, and what, its figure. */
    @Test
    void a_figure_of_which_only_colleges_move_is_named() {
        String key = key();
        String school = EventLog.school("LSO", "other", "2022-01-01", null);
        everyFigure(EventLog.send(EventLog.SCHOOL, key, 1, school));
        String other = school.replace("4112000002", "4112900099");
        assertThat(other).isNotEqualTo(school);

        JsonPath preview = preview(TestTokens.bureauToken("12"), change("overseas-school", key, other))
                .statusCode(200)
                .extract()
                .jsonPath();

        String foundings = "figures.find { it.indicator.code == 'overseas-school-foundings' }.";
        assertThat(preview.getList(foundings + "dimensions")).containsExactly("college");
        assertThat(preview.getList(foundings + "ranks")).isEmpty();
        assertThat(preview.getList("figures.indicator.code")).doesNotContain("overseas-schools");
    }

    @Test
    void what_changes_nothing_moves_no_figure() {
        String key = key();
        everyFigure(EventLog.send(EventLog.SCHOOL, key, 1, school("KEN", "2019-01-01")));

        preview(TestTokens.bureauToken("12"), change("overseas-school", key, school("KEN", "2019-01-01")))
                .statusCode(200)
                .body("figures", empty());
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
        post(TestTokens.operatorToken(), body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer))
                .body("errors.rule", hasItem(rule));
    }

    /** The other one is no mistake, and is read with what it says itself. */
    @Test
    void what_is_no_change_is_refused_alone() {
        post(TestTokens.operatorToken(), "{\"changes\":[7," + change("standard", "12/a", null) + "]}")
                .statusCode(422)
                .body("errors.pointer", equalTo(List.of("/changes/0")));
    }

    @Test
    void the_same_record_twice_and_too_many_are_refused() {
        String one = change("standard", "12/a", null);
        post(TestTokens.operatorToken(), "{\"changes\":[" + one + "," + one + "]}")
                .statusCode(422)
                .body("errors", hasSize(1));
        List<String> many = new ArrayList<>();
        for (int i = 0; i <= 1000; i++) {
            many.add(change("standard", "12/" + i, null));
        }
        post(TestTokens.operatorToken(), "{\"changes\":[" + String.join(",", many) + "]}")
                .statusCode(422)
                .body("errors.rule", hasItem("list-length"));
    }

    @Test
    void a_bureau_imagines_its_own_records_only() {
        String body = "{\"changes\":[" + change("standard", "32/a", null) + "]}";
        post(TestTokens.bureauToken("12"), body).statusCode(404);
        post(TestTokens.allianceToken("WFCP"), body).statusCode(403);
        given().contentType("application/json")
                .body(body)
                .post("/v1/previews")
                .then()
                .statusCode(401);
    }

    /** As a dry run answers them: created, corrected and withdrawn records, one that stands there twice, an empty line. */
    @Test
    void the_lines_of_a_dry_run_are_previewed_as_they_are() {
        String there = key();
        String fresh = key();
        String gone = key();
        Receipt receipt = EventLog.send(EventLog.SCHOOL, there, 1, school("KEN", "2019-01-01"))
                .plus(EventLog.send(EventLog.SCHOOL, gone, 1, school("KEN", "2019-01-01")));
        Map<String, Map<String, String>> before = everyFigure(receipt);

        JsonPath preview = lines(
                        TestTokens.bureauToken("12"),
                        line("overseas-school", there, "corrected", school("TZA", "2018-01-01"))
                                + "\n"
                                + line("overseas-school", fresh, "created", school("UGA", "2020-01-01"))
                                + line("overseas-school", fresh, "corrected", school("KEN", "2021-01-01"))
                                + line("overseas-school", gone, "withdrawn", null)
                                + line(
                                                "overseas-headcount",
                                                fresh,
                                                "created",
                                                EventLog.headcount(fresh.substring(3), 2024, 9))
                                        .strip())
                .statusCode(200)
                .extract()
                .jsonPath();
        Receipt done = EventLog.send(EventLog.SCHOOL, there, 2, school("TZA", "2018-01-01"))
                .plus(EventLog.send(EventLog.SCHOOL, fresh, 1, school("KEN", "2021-01-01")))
                .plus(EventLog.send(EventLog.SCHOOL, gone, 2, null))
                .plus(EventLog.send(EventLog.HEADCOUNT, fresh, 1, EventLog.headcount(fresh.substring(3), 2024, 9)));

        assertThat(EveryFigure.with(before, preview, "after"))
                .isEqualTo(everyFigure(done))
                .isNotEqualTo(before);
    }

    @Test
    void a_dry_run_that_changes_nothing_moves_no_figure() {
        lines(TestTokens.bureauToken("12"), "").statusCode(200).body("figures", empty());
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
        lines(TestTokens.operatorToken(), line("standard", "12/fine", "withdrawn", null) + line)
                .statusCode(status)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItem(pointer))
                .body("errors.rule", hasItem(rule))
                .body("errors[0].detailZh", notNullValue());
    }

    @Test
    void lines_that_are_no_json_or_too_many_or_another_s_are_refused() {
        lines(TestTokens.operatorToken(), line("standard", "12/a", "withdrawn", null) + "{\"record")
                .statusCode(400)
                .body("detail", containsString("line 2"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= 20_000; i++) {
            many.append(line("standard", "12/" + i, "withdrawn", null));
        }
        lines(TestTokens.operatorToken(), many.toString()).statusCode(422).body("errors[0].rule", equalTo("list-length"));
        lines(TestTokens.operatorToken(), " ".repeat(16 * 1024 * 1024 + 1)).statusCode(413);
        lines(TestTokens.bureauToken("12"), line("standard", "32/a", "withdrawn", null)).statusCode(404);
        lines(TestTokens.allianceToken("WFCP"), line("standard", "12/a", "withdrawn", null))
                .statusCode(403);
    }

    /** Nobody's body is read where there is no room for it; who sends slowly holds its own. */
    @Test
    void while_so_many_bodies_are_being_read_the_next_is_told_to_come_again() throws IOException {
        String body = "{\"changes\":[" + change("standard", "12/fine", null) + "]}";
        String longest = body + " ".repeat(1024 * 1024 - body.length());
        List<Socket> senders = new ArrayList<>();
        try {
            for (int i = 0; i < PreviewResource.OBJECTS; i++) {
                senders.add(begin(longest.length()));
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> post(TestTokens.operatorToken(), body).statusCode(503).header("Retry-After", notNullValue()));

            Socket first = senders.getFirst();
            first.getOutputStream().write(longest.getBytes(StandardCharsets.UTF_8));
            first.setSoTimeout(30_000);
            assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 200");
            post(TestTokens.operatorToken(), body).statusCode(200);
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> post(TestTokens.operatorToken(), longest).statusCode(200));
    }

    /** Sends all of a request but its body. */
    private Socket begin(int length) throws IOException {
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

    private static String line(String record, String key, String change, @Nullable String after) {
        return "{\"record\":\"%s\",\"province\":\"%s\",\"sourceId\":\"%s\",\"change\":\"%s\",\"after\":%s}\n"
                .formatted(record, key.substring(0, 2), key.substring(3), change, after);
    }

    private static ValidatableResponse lines(String token, String body) {
        return Sending.bytes(token, "application/x-ndjson", body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/previews")
                .then();
    }

    private static String key() {
        return "12/V-" + UUID.randomUUID();
    }

    private static String school(String country, String openedOn) {
        return EventLog.school(country, "luban-workshop", openedOn, null);
    }

    private static String change(String record, String key, @Nullable String after) {
        return "{\"record\":\"%s\",\"province\":\"%s\",\"sourceId\":\"%s\",\"after\":%s}"
                .formatted(record, key.substring(0, 2), key.substring(3), after);
    }

    private static ValidatableResponse preview(String token, String... changes) {
        return post(token, "{\"changes\":[" + String.join(",", changes) + "]}");
    }

    private static ValidatableResponse post(String token, String body) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(body)
                .post("/v1/previews")
                .then();
    }

    private static Map<String, Map<String, String>> everyFigure(@Nullable Receipt receipt) {
        return EveryFigure.of("overseas", receipt);
    }

    /** Value and place of every code that has a value. */
    private static Map<String, String> places(String code, String dimension, String year) {
        List<Map<String, Object>> values = EveryFigure.values(code, "period=" + year + "&by=" + dimension);
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

    /** What the preview says of the places of a year, put over what was. */
    private static Map<String, String> with(
            Map<String, String> before, JsonPath preview, String code, String dimension, String year) {
        Map<String, String> after = new TreeMap<>(before);
        preview.<Map<String, Object>>getList("figures.find { it.indicator.code == '" + code
                        + "' }.ranks.findAll { it.dimension == '" + dimension + "' && it.year == '" + year + "' }")
                .forEach(rank -> {
                    String named = String.valueOf(rank.get("code"));
                    assertThat(before.get(named)).isEqualTo(at(rank.get("before"), rank.get("rankBefore")));
                    after.remove(named);
                    String at = at(rank.get("after"), rank.get("rankAfter"));
                    if (at != null) {
                        after.put(named, at);
                    }
                });
        return after;
    }

    private static @Nullable String at(@Nullable Object value, @Nullable Object rank) {
        return rank == null ? null : value + " at " + rank;
    }
}
