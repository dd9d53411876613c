package org.voyage.overseas.headcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.voyage.overseas.OverseasBodies.awaitEvents;
import static org.voyage.overseas.OverseasBodies.bureau;
import static org.voyage.overseas.OverseasBodies.newSourceId;
import static org.voyage.overseas.OverseasBodies.openSchool;
import static org.voyage.overseas.OverseasBodies.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.voyage.kit.access.DatabaseScope;
import org.voyage.kit.access.Province;
import org.voyage.kit.input.FieldReader;
import org.voyage.kit.problem.StrictJson;
import org.voyage.kit.record.ChangeCause;
import org.voyage.kit.record.RecordKey;
import org.voyage.kit.record.RecordSubmission;
import org.voyage.kit.record.WriteMode;
import org.voyage.kit.record.WriteResult;
import org.voyage.kit.record.write.RecordCommands;
import org.voyage.kit.record.write.WriteSummary;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApiClient;
import org.voyage.kittest.RecordConventions;
import org.voyage.kittest.RecordSample;
import org.voyage.overseas.school.OverseasSchoolService;

@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class OverseasHeadcountIT extends RecordConventions {

    private static final String TOPIC = "overseas.overseas-headcount";

    @Inject
    @SuppressWarnings("NullAway.Init")
    OverseasHeadcountService headcounts;

    @Inject
    @SuppressWarnings("NullAway.Init")
    OverseasSchoolService schools;

    @Inject
    @SuppressWarnings("NullAway.Init")
    DataSource dataSource;

    private final String school = newSourceId("S");
    private final String id = newSourceId("H");
    private final String path = "/v1/overseas-headcounts/33/" + id;

    private String headcount(int students) {
        return "{\"school\":\"%s\",\"year\":2023,\"major\":\"460301\",\"students\":%d}".formatted(school, students);
    }

    @Override
    protected void bringParent(String province) {
        put("/v1/overseas-schools/" + province + "/" + school, openSchool())
                .then()
                .statusCode(201);
    }

    @Override
    protected RecordSample sample() {
        return new RecordSample(
                "overseas",
                "overseas-headcount",
                "overseas-headcounts",
                headcount(40),
                headcount(41),
                "{\"school\":\"\",\"year\":1948,\"major\":\"4603\",\"students\":-1,\"pupils\":1}",
                List.of("/school", "/year", "/major", "/students", "/pupils"),
                "school,year,major,students",
                school + ",2023,460301,40");
    }

    private Response putSchool() {
        return put("/v1/overseas-schools/33/" + school, openSchool());
    }

    @Test
    void a_headcount_before_its_school_is_parked_shown_and_applied_with_it() {
        put(path, headcount(40)).then().statusCode(202).body("waitsFor.sourceId", equalTo(school));
        bureau("33").get("/v1/parked?limit=1000").then().body("items.sourceId", hasItem(id));
        bureau("32").get("/v1/parked?limit=1000").then().body("items.sourceId", not(hasItem(id)));
        bureau("33").get(path).then().statusCode(404);

        putSchool().then().statusCode(201);

        bureau("33").get(path).then().statusCode(200).body("fields.students", equalTo(40));
        bureau("33").get("/v1/parked?limit=1000").then().body("items.sourceId", not(hasItem(id)));
        JsonNode event = awaitEvents(TOPIC, "33/" + id, 1).getFirst();
        assertThat(event.at("/cause/kind").asText()).isEqualTo("parked");
    }

    @Test
    void the_newest_of_what_was_parked_is_applied() {
        put(path, headcount(40));
        put(path, headcount(41)).then().statusCode(202);
        putSchool();
        bureau("33").get(path).then().body("version", equalTo(1)).body("fields.students", equalTo(41));
    }

    @Test
    void a_newer_word_that_changes_nothing_overtakes_what_is_parked() {
        putSchool();
        put(path, headcount(10)).then().statusCode(201);
        String late = newSourceId("LATE");
        put(path, headcount(77).replace(school, late)).then().statusCode(202);
        put(path, headcount(10)).then().statusCode(200).body("version", equalTo(1));
        put("/v1/overseas-schools/33/" + late, openSchool()).then().statusCode(201);
        bureau("33").get(path).then().body("version", equalTo(1)).body("fields.students", equalTo(10));
    }

    @Test
    void the_warning_of_a_waiting_row_is_returned_with_its_school() {
        put(path, headcount(40).replace("\"year\":2023", "\"year\":2015"))
                .then()
                .statusCode(202);
        put(path + "-2", headcount(41).replace("\"year\":2023", "\"year\":2014"))
                .then()
                .statusCode(202);
        put(path + "-3", headcount(42)).then().statusCode(202);

        putSchool()
                .then()
                .statusCode(201)
                .body("warnings.rule", equalTo(List.of("school-not-open-in-year")))
                .body("warnings[0].pointer", equalTo(""))
                .body("warnings[0].detail", containsString("overseas-headcount " + id + " and 1 more"))
                .body("warnings[0].detailZh", containsString(id + " 等 2 条"));
        bureau("33").get(path).then().statusCode(200);
    }

    @Test
    void a_school_with_headcounts_and_trainings_outside_its_dates_is_stored_with_a_warning() {
        putSchool();
        put(path, headcount(40)).then().statusCode(201);
        put("/v1/overseas-trainings/33/" + id, """
                {"school":"%s","enterprise":"示例企业","people":20,"days":3,"startedOn":"2023-05-01"}""".formatted(school)).then().statusCode(201);
        String later = openSchool().replace("2016-02-29", "2023-06-01");

        put("/v1/overseas-schools/33/" + school, later)
                .then()
                .statusCode(200)
                .body("warnings.rule", equalTo(List.of("school-not-open-on-date")))
                .body("warnings[0].detail", containsString(id));
        put("/v1/overseas-schools/33/" + school, later.replace("泰国", "大城"))
                .then()
                .statusCode(200)
                .body("warnings", nullValue());
        String row = "{\"sourceId\":\"" + school + "\","
                + later.replace("2023-06-01", "2024-06-01")
                        .replaceAll("\\s*\\n\\s*", "")
                        .substring(1);
        bureau("33")
                .contentType("application/x-ndjson")
                .body(row.getBytes(StandardCharsets.UTF_8))
                .post("/v1/overseas-schools/batches?dryRun=true")
                .then()
                .statusCode(200)
                .body("warnings.rule", hasItems("school-not-open-in-year", "school-not-open-on-date"));
    }

    @Test
    void what_is_withdrawn_while_parked_never_arrives() {
        put(path, headcount(40));
        bureau("33").delete(path + "?reason=x").then().statusCode(204);
        putSchool();
        bureau("33").get(path).then().statusCode(404);
    }

    @Test
    void a_withdrawal_that_is_refused_leaves_what_is_parked() {
        putSchool();
        put(path, headcount(10)).then().statusCode(201);
        String late = newSourceId("LATE");
        put(path, headcount(77).replace(school, late)).then().statusCode(202);
        bureau("33")
                .header("If-Match", "\"9\"")
                .delete(path + "?reason=x")
                .then()
                .statusCode(412);
        put("/v1/overseas-schools/33/" + late, openSchool()).then().statusCode(201);
        bureau("33").get(path).then().body("version", equalTo(2)).body("fields.students", equalTo(77));
    }

    @Test
    void a_school_cannot_go_while_its_headcount_stands() {
        putSchool();
        put(path, headcount(0)).then().statusCode(201);
        String gone = "/v1/overseas-schools/33/" + school + "?reason=x";
        bureau("33").delete(gone).then().statusCode(409);
        bureau("33").delete(path + "?reason=x").then().statusCode(200);
        bureau("33").delete(gone).then().statusCode(200);
    }

    @Test
    void headcounts_and_their_school_sent_at_once_all_arrive() throws Exception {
        int headcounts = 24;
        List<Callable<Response>> sends = new ArrayList<>();
        for (int i = 0; i < headcounts; i++) {
            String one = path + "-" + i;
            sends.add(() -> put(one, headcount(7)));
        }
        sends.add(headcounts / 2, this::putSchool);
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (Future<Response> answer : pool.invokeAll(sends)) {
                assertThat(answer.get().statusCode()).isIn(201, 202);
            }
        }
        for (int i = 0; i < headcounts; i++) {
            bureau("33").get(path + "-" + i).then().statusCode(200).body("version", equalTo(1));
        }
    }

    @Test
    void a_school_of_another_province_is_not_there_for_a_headcount() {
        put("/v1/overseas-schools/32/" + school, openSchool()).then().statusCode(201);
        put(path, headcount(5)).then().statusCode(202);
    }

    private Response sendFile(String rows) {
        return bureau("33")
                .contentType("text/csv")
                .body("sourceId,school,year,major,students\r\n"
                        + rows.replace("H", id).replace("S,", school + ","))
                .post("/v1/overseas-headcounts/batches");
    }

    /** A row under an old key is refused, so the plausibility checks do not compare other rows with it. */
    @Test
    void what_is_refused_is_no_neighbour_of_what_is_taken() {
        putSchool();
        for (String moved : List.of("-2", "-4")) {
            put(path + moved, headcount(30)).then().statusCode(201);
            bureau("33")
                    .body("{\"sourceId\":\"" + id + moved + "-moved\",\"reason\":\"编号有误\"}")
                    .post(path + moved + "/rename")
                    .then()
                    .statusCode(200);
        }

        sendFile("""
                H-1,S,2020,460301,30
                H-2,S,2020,460301,31
                H-3,S,2021,460305,30
                H-4,S,2020,460305,9000
                """)
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(2))
                .body("counts.refused", equalTo(2))
                .body("errors.rule", hasItem("record-moved"))
                .body("counts.warned", equalTo(0))
                .body("warnings", equalTo(List.of()));
    }

    @Test
    void what_is_taken_of_a_file_is_a_neighbour_in_whatever_order() {
        putSchool();

        sendFile("""
                H-1,S,2021,460301,9000
                H-2,S,2020,460301,30
                H-3,S,2020,460301,31
                """)
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(3))
                .body("counts.warned", equalTo(3))
                .body("warnings.rule", hasItems("jump-since-last-year", "counted-twice"));
    }

    @Test
    void a_second_version_of_a_waiting_row_in_a_file_is_refused_and_the_first_keeps_waiting() {
        String rows = """
                H-1,S,2020,460301,30
                H-1,S,2020,460301,31
                H-2,S,2020,460305,20
                H-2,S,2020,460305,20
                """;
        for (int time = 0; time < 2; time++) {
            sendFile(rows)
                    .then()
                    .statusCode(200)
                    .body("counts.parked", equalTo(3))
                    .body("counts.refused", equalTo(1))
                    .body("errors.rule", equalTo(List.of("twice-in-file")))
                    .body("errors.sourceId", equalTo(List.of(id + "-1")));
        }

        putSchool();
        bureau("33").get(path + "-1").then().body("fields.students", equalTo(30));
    }

    @Test
    void what_stands_and_waits_to_be_corrected_may_be_said_twice_alike() {
        putSchool();
        put(path + "-1", headcount(30)).then().statusCode(201);
        String elsewhere = "H-1,missing,2023,460301,30\n".replace("missing", newSourceId("M"));

        sendFile(elsewhere + elsewhere).then().body("counts.parked", equalTo(2)).body("counts.refused", equalTo(0));
    }

    /** Stores a record as versions did that had no rule about keys. */
    private static <T> void storeUnderAnyKey(RecordCommands<T> commands, String key, String body) {
        Province province = Province.of("33");
        RecordSubmission<T> sent = commands.readSubmission(
                new RecordKey(province, key),
                FieldReader.of(StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8))),
                ChangeCause.request(newSourceId("R"), "bureau-33"));
        WriteSummary<T> written = DatabaseScope.runForProvinces(
                List.of(province),
                () -> QuarkusTransaction.requiringNew()
                        .call(() -> commands.writeRecords(List.of(sent), WriteMode.COMMIT)));
        written.requireNoneRefused();
    }

    private static String newRefusedKey() {
        return "护照-" + ThreadLocalRandom.current().nextLong(10_000_000, 99_999_999);
    }

    @Test
    void a_stored_key_that_is_refused_today_is_corrected_by_request_and_file_until_it_is_withdrawn() {
        putSchool();
        String key = newRefusedKey();
        String old = "/v1/overseas-headcounts/33/" + key;
        put(old, headcount(40)).then().statusCode(422).body("errors.rule", equalTo(List.of("key-like-document")));
        storeUnderAnyKey(headcounts, key, headcount(40));

        put(old, headcount(41)).then().statusCode(200).body("version", equalTo(2));
        String file = "sourceId,school,year,major,students\r\n" + key + "," + school + ",2023,460301,%d\r\n"
                + newRefusedKey() + "," + school + ",2023,460302,1\r\n";
        String batches = "/v1/overseas-headcounts/batches";
        for (String how : List.of("?dryRun=true", "")) {
            RecordApiClient.sendFile("33", batches + how, "text/csv", file.formatted(42))
                    .then()
                    .statusCode(200)
                    .body("counts.corrected", equalTo(1))
                    .body("errors.rule", equalTo(List.of("key-like-document")))
                    .body(not(containsString("护照-")));
        }
        RecordApiClient.sendFile(
                        "33",
                        batches + "?mode=all",
                        "text/csv",
                        file.formatted(43).lines().limit(2).collect(Collectors.joining("\r\n")))
                .then()
                .statusCode(200)
                .body("counts.corrected", equalTo(1));
        bureau("33").get(old).then().body("version", equalTo(4)).body("fields.students", equalTo(43));

        bureau("33").delete(old + "?reason=x").then().statusCode(200);
        put(old, headcount(44)).then().statusCode(422).body("errors.rule", equalTo(List.of("key-like-document")));
        RecordApiClient.sendFile("33", batches, "text/csv", file.formatted(44))
                .then()
                .statusCode(200)
                .body("counts.refused", equalTo(2));
    }

    @Test
    void a_headcount_of_a_school_whose_key_is_refused_today_is_taken() {
        String key = newRefusedKey();
        String sent = headcount(40).replace(school, key);
        put(path, sent).then().statusCode(422).body("errors.pointer", equalTo(List.of("/school")));
        storeUnderAnyKey(schools, key, openSchool());

        put(path, sent).then().statusCode(201);
        RecordApiClient.sendFile(
                        "33",
                        "/v1/overseas-headcounts/batches",
                        "text/csv",
                        "sourceId,school,year,major,students\r\n" + id + "," + key + ",2023,460301,42\r\n" + id + "-2,"
                                + newRefusedKey() + ",2023,460301,42\r\n")
                .then()
                .statusCode(200)
                .body("counts.corrected", equalTo(1))
                .body("errors.pointer", equalTo(List.of("/school")));
    }

    /**
     * A school of the other province may take minutes to arrive. Only headcounts that lack a school there wait for it.
     */
    @Test
    void a_school_that_is_missing_holds_up_the_schools_of_its_own_province_only() {
        put("/v1/overseas-schools/62/" + school, openSchool()).then().statusCode(201);
        ChangeCause cause = ChangeCause.request(newSourceId("R"), "bureau-63");
        List<RecordSubmission<OverseasHeadcount>> both = Stream.of("62", "63")
                .map(province -> RecordSubmission.state(
                        new RecordKey(Province.of(province), id),
                        new OverseasHeadcount(school, 2023, "460301", 40),
                        cause))
                .toList();

        List<String> held = DatabaseScope.runForProvinces(
                List.of(Province.of("62"), Province.of("63")),
                () -> QuarkusTransaction.requiringNew().call(() -> {
                    assertThat(headcounts.writeRecords(both, WriteMode.COMMIT).results())
                            .satisfiesExactly(
                                    taken -> assertThat(taken).isInstanceOf(WriteResult.ChangedRecord.class),
                                    waits -> assertThat(waits).isInstanceOf(WriteResult.ParkedRecord.class));
                    return lockedProvinces();
                }));

        assertThat(held).containsExactly("63");
    }

    /** Returns the provinces whose parents this transaction blocks. */
    private List<String> lockedProvinces() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement locks = connection.prepareStatement("select objid from pg_locks where classid = 7301"
                        + " and mode = 'ExclusiveLock' and pid = pg_backend_pid() order by objid");
                ResultSet row = locks.executeQuery()) {
            List<String> provinces = new ArrayList<>();
            while (row.next()) {
                provinces.add(row.getString(1));
            }
            return provinces;
        }
    }
}
