package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;
import static org.voyage.kittest.PersonalDataCanary.BIRTH_DATE;
import static org.voyage.kittest.PersonalDataCanary.IDENTITY_NUMBER;
import static org.voyage.kittest.PersonalDataCanary.NAME;
import static org.voyage.kittest.PersonalDataCanary.NAME_ZH;
import static org.voyage.kittest.PersonalDataCanary.PASSPORT;
import static org.voyage.kittest.PersonalDataCanary.PERSONAL_FIELDS;
import static org.voyage.kittest.PersonalDataCanary.SURNAMED;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.awaitEvents;
import static org.voyage.kittest.RecordApiClient.awaitRecords;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.operator;
import static org.voyage.kittest.RecordApiClient.put;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shared test of every record type over HTTP, in files and on its topic, whatever its fields. */
public abstract class RecordConventions {

    private static final String PROVINCE = "37";
    private static final String OTHER_PROVINCE = "31";

    private final String id = RecordApiClient.newSourceId("R");

    protected abstract RecordSample sample();

    /** Creates the parent of the record, if it has one. */
    protected void bringParent(String province) {}

    @BeforeEach
    void parentIsThere() {
        ApiAnswerFilter.ofRunningService().install();
        bringParent(PROVINCE);
    }

    @AfterEach
    void endTheCheckOfAnswers() {
        ApiAnswerFilter.uninstall();
    }

    private String path() {
        return sample().pathOf(PROVINCE, id);
    }

    private List<JsonNode> awaitRecordEvents(String sourceId, int atLeast) {
        return awaitEvents(sample().topic(), PROVINCE + "/" + sourceId, atLeast);
    }

    private Response postBatch(String type, String query, String body) {
        return bureau(PROVINCE)
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/" + sample().collection() + "/batches" + query);
    }

    @Test
    void a_new_record_is_answered_with_its_version_and_receipt_and_published_once() {
        JsonNode record = RecordApiClient.parseJson(put(path(), sample().first())
                        .then()
                        .statusCode(201)
                        .header("ETag", "\"1\"")
                        .header("Voyage-Receipt", notNullValue())
                        .body("version", equalTo(1))
                        .extract()
                        .asByteArray())
                .get("fields");

        assertThat(record).isEqualTo(RecordApiClient.parseJson(sample().first().getBytes(StandardCharsets.UTF_8)));
        JsonNode event = awaitRecordEvents(id, 1).getFirst();
        assertThat(event.get("change").asText()).isEqualTo("created");
        assertThat(event.get("before").isNull()).isTrue();
        assertThat(event.get("after")).isEqualTo(record);
        assertThat(event.at("/cause/actor").asText()).isEqualTo("bureau-" + PROVINCE);
    }

    /** Without the wait the first read of the topic is nearly always too early. */
    @Test
    void who_prefers_it_is_answered_when_the_event_is_on_the_topic() {
        bureau(PROVINCE)
                .header("Prefer", "published, wait=30")
                .body(sample().first())
                .put(path())
                .then()
                .statusCode(201)
                .header("Preference-Applied", "published");
        assertThat(readTopicKeys()).contains(PROVINCE + "/" + id);

        put(path(), sample().first()).then().header("Preference-Applied", nullValue());
        String other = id + "-NEW";
        bureau(PROVINCE)
                .header("Prefer", "handling=lenient, Published")
                .body("{\"sourceId\":\"" + other + "\",\"reason\":\"编号有误\"}")
                .post(path() + "/rename")
                .then()
                .statusCode(200)
                .header("Preference-Applied", "published");
        assertThat(readTopicKeys()).contains(PROVINCE + "/" + other);
        bureau(PROVINCE)
                .header("Prefer", "published")
                .body(sample().first())
                .put(sample().pathOf(OTHER_PROVINCE, id))
                .then()
                .statusCode(404)
                .header("Preference-Applied", nullValue());
    }

    private List<String> readTopicKeys() {
        return KafkaTopicReader.readAll(sample().topic()).stream()
                .map(ConsumerRecord::key)
                .toList();
    }

    @Test
    void a_repeated_write_changes_nothing_and_a_correction_publishes_the_state_before() {
        put(path(), sample().first());
        put(path(), sample().first()).then().statusCode(200).header("ETag", "\"1\"");
        put(path(), sample().corrected()).then().statusCode(200).header("ETag", "\"2\"");

        List<JsonNode> events = awaitRecordEvents(id, 2);
        assertThat(events).extracting(event -> event.get("version").asInt()).containsExactly(1, 2);
        assertThat(events.get(1).get("before")).isEqualTo(events.get(0).get("after"));
    }

    @Test
    void a_withdrawn_record_is_gone_from_the_list_keeps_its_history_and_can_come_back() {
        put(path(), sample().first());
        bureau(PROVINCE)
                .delete(path() + "?reason=重复登记")
                .then()
                .statusCode(200)
                .body("withdrawn", equalTo(true))
                .body("reason", equalTo("重复登记"));
        put(path(), sample().corrected())
                .then()
                .statusCode(200)
                .body("version", equalTo(3))
                .body("reason", nullValue());

        bureau(PROVINCE).get(path() + "/history").then().body("items.version", equalTo(List.of(1, 2, 3)));
        assertThat(awaitRecordEvents(id, 3))
                .extracting(event -> event.get("change").asText())
                .containsExactly("created", "withdrawn", "restored");
    }

    @Test
    void a_record_can_be_asked_for_as_it_was_known_before_the_correction() {
        String before = put(path(), sample().first()).path("recordedAt");
        put(path(), sample().corrected());
        bureau(PROVINCE).get(path() + "?asOf=" + before).then().body("version", equalTo(1));
        bureau(PROVINCE).get(path() + "?asOf=2001-01-01T00:00:00Z").then().statusCode(404);
    }

    @Test
    void conditions_keep_one_writer_from_overwriting_the_other() {
        bureau(PROVINCE)
                .header("If-None-Match", "*")
                .body(sample().first())
                .put(path())
                .then()
                .statusCode(201);
        bureau(PROVINCE)
                .header("If-None-Match", "*")
                .body(sample().first())
                .put(path())
                .then()
                .statusCode(412);
        bureau(PROVINCE)
                .header("If-Match", "\"1\"")
                .body(sample().corrected())
                .put(path())
                .then()
                .statusCode(200);
        bureau(PROVINCE)
                .header("If-Match", "\"1\"")
                .body(sample().first())
                .put(path())
                .then()
                .statusCode(412);
        bureau(PROVINCE).header("If-None-Match", "\"2\"").get(path()).then().statusCode(304);
    }

    @Test
    void every_wrong_field_is_named_in_one_answer_and_nothing_is_stored() {
        put(path(), sample().wrong())
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors.pointer", hasItems(sample().pointers().toArray()));
        bureau(PROVINCE).get(path()).then().statusCode(404);
    }

    @Test
    void a_shared_operation_is_audited_guarded_and_measured_under_the_path_of_its_record() {
        String template = "/v1/" + sample().collection() + "/{province}/{sourceId}";
        String request = RecordApiClient.newSourceId("Q");
        bureau(PROVINCE)
                .header("X-Request-Id", request)
                .body("{}")
                .put(path())
                .then()
                .statusCode(422);
        List<String> operations = as("auditor")
                .get("/v1/audit?limit=50")
                .path("items.findAll { it.requestId == '%s' }.details.operation".formatted(request));
        assertThat(operations).containsExactly("PUT " + template);
        bureau(PROVINCE)
                .get(path() + "?asof=2020-01-01T00:00:00Z")
                .then()
                .statusCode(400)
                .body("errors.rule", hasItems("unknown-parameter"));
        assertThat(RestAssured.get("/q/metrics").asString()).contains("uri=\"" + template + "\"");
    }

    @Test
    void another_provinces_record_is_as_absent_as_one_that_never_was() {
        put(path(), sample().first()).then().statusCode(201);
        String other = bureau(OTHER_PROVINCE)
                .get(path())
                .then()
                .statusCode(404)
                .extract()
                .path("detail");
        String absent = bureau(OTHER_PROVINCE)
                .get(sample().pathOf(OTHER_PROVINCE, id))
                .then()
                .statusCode(404)
                .extract()
                .path("detail");
        assertThat(other).isEqualTo(absent);
        bureau(OTHER_PROVINCE).body(sample().first()).put(path()).then().statusCode(404);
        operator().get(path()).then().statusCode(200);
        operator()
                .contentType("application/json")
                .body(sample().first())
                .put(path())
                .then()
                .statusCode(403);
    }

    @Test
    void a_renamed_record_goes_on_under_its_new_key() {
        put(path(), sample().first());
        String renamed = id + "-新";
        bureau(PROVINCE)
                .body("{\"sourceId\":\"" + renamed + "\",\"reason\":\"编号有误\"}")
                .post(path() + "/rename")
                .then()
                .statusCode(200)
                .body("movedTo", equalTo(renamed));

        bureau(PROVINCE)
                .redirects()
                .follow(false)
                .get(path())
                .then()
                .statusCode(308)
                .header("Location", endsWith("-%E6%96%B0"));
        bureau(PROVINCE).get(sample().pathOf(PROVINCE, renamed)).then().statusCode(200);
        JsonNode left = awaitRecordEvents(id, 2).getLast();
        assertThat(left.get("movedTo").asText()).isEqualTo(PROVINCE + "/" + renamed);
        assertThat(awaitRecordEvents(renamed, 1).getFirst().at("/cause/kind").asText())
                .isEqualTo("rename");
        RecordApiClient.assertMatchesSchema(sample().record(), awaitRecords(sample().topic(), PROVINCE + "/" + id, 2));
    }

    private Response renameRecord(String from, String to) {
        return bureau(PROVINCE)
                .body("{\"sourceId\":\"" + to + "\",\"reason\":\"编号有误\"}")
                .post(sample().pathOf(PROVINCE, from) + "/rename");
    }

    private static void assertMoved(Response answer, String to) {
        answer.then()
                .statusCode(409)
                .body("errors.rule", equalTo(List.of("record-moved")))
                .body("errors[0].detail", containsString(to))
                .body("errors[0].detailZh", containsString(to));
    }

    @Test
    void nothing_is_said_or_done_under_a_key_that_a_record_has_left() {
        String renamed = id + "-renamed";
        String another = id + "-another";
        put(path(), sample().first());
        put(sample().pathOf(PROVINCE, another), sample().corrected());
        renameRecord(id, renamed).then().statusCode(200);

        assertMoved(put(path(), sample().first()), renamed);
        assertMoved(bureau(PROVINCE).delete(path() + "?reason=x"), renamed);
        assertMoved(renameRecord(id, id + "-third"), renamed);
        assertMoved(
                bureau(PROVINCE)
                        .body("{\"into\":\"" + another + "\",\"reason\":\"x\"}")
                        .post(path() + "/merge"),
                renamed);
        postBatch(
                        "application/x-ndjson",
                        "",
                        "{\"sourceId\":\"" + id + "\",\"withdraw\":true,\"reason\":\"x\"}\n"
                                + sample().toNdjsonLine(id, sample().first()))
                .then()
                .statusCode(200)
                .body("counts.refused", equalTo(2))
                .body("errors.rule", everyItem(equalTo("record-moved")));
        bureau(PROVINCE)
                .get(sample().pathOf(PROVINCE, renamed))
                .then()
                .statusCode(200)
                .body("version", equalTo(1))
                .body("withdrawn", equalTo(false));
        bureau(PROVINCE).get(path() + "/history").then().body("items.version", equalTo(List.of(1, 2)));
    }

    @Test
    void a_mistaken_rename_is_undone_by_another_one() {
        String mistaken = id + "-mistaken";
        put(path(), sample().first());
        renameRecord(id, mistaken).then().statusCode(200);
        renameRecord(mistaken, id).then().statusCode(200).body("movedTo", equalTo(id));

        bureau(PROVINCE)
                .redirects()
                .follow(false)
                .get(path())
                .then()
                .statusCode(200)
                .body("version", equalTo(3))
                .body("withdrawn", equalTo(false));
        bureau(PROVINCE).get(sample().pathOf(PROVINCE, mistaken)).then().body("sourceId", equalTo(id));
        assertMoved(bureau(PROVINCE).delete(sample().pathOf(PROVINCE, mistaken) + "?reason=x"), id);
        put(path(), sample().corrected()).then().statusCode(200).body("version", equalTo(4));
        assertThat(awaitRecordEvents(id, 4))
                .extracting(event -> event.get("change").asText())
                .containsExactly("created", "withdrawn", "restored", "corrected");
        assertThat(awaitRecordEvents(id, 4).get(2).at("/cause/kind").asText()).isEqualTo("rename");
        assertThat(awaitRecordEvents(mistaken, 2))
                .extracting(event -> event.get("change").asText())
                .containsExactly("created", "withdrawn");
        RecordApiClient.assertMatchesSchema(sample().record(), awaitRecords(sample().topic(), PROVINCE + "/" + id, 4));
        renameRecord(id, mistaken).then().statusCode(200).body("version", equalTo(5));
    }

    @Test
    void a_record_that_is_the_same_as_another_goes_on_there() {
        put(path(), sample().first());
        String remains = id + "-remains";
        String there = sample().pathOf(PROVINCE, remains);
        String merger = "{\"into\":\"" + remains + "\",\"reason\":\"重复登记\"}";
        bureau(PROVINCE)
                .body(merger)
                .post(path() + "/merge")
                .then()
                .statusCode(422)
                .body("errors.rule", hasItems("merge-target-missing"));
        put(there, sample().corrected()).then().statusCode(201);
        bureau(PROVINCE)
                .body(merger)
                .post(path() + "/merge")
                .then()
                .statusCode(200)
                .body("movedTo", equalTo(remains));

        bureau(PROVINCE)
                .redirects()
                .follow(false)
                .get(path())
                .then()
                .statusCode(308)
                .header("Location", endsWith(remains));
        bureau(PROVINCE).get(there).then().statusCode(200).body("version", equalTo(1));
        JsonNode left = awaitRecordEvents(id, 2).getLast();
        assertThat(left.get("movedTo").asText()).isEqualTo(PROVINCE + "/" + remains);
        assertThat(left.at("/cause/kind").asText()).isEqualTo("merge");
        assertThat(left.get("after").isNull()).isTrue();
        RecordApiClient.assertMatchesSchema(sample().record(), awaitRecords(sample().topic(), PROVINCE + "/" + id, 2));
    }

    @Test
    void files_of_both_formats_say_what_a_request_says() {
        String given = id + "-4";
        String rows = "sourceId," + sample().header() + "\r\n" + id + "," + sample().row() + "\r\n" + given + ","
                + sample().row() + "\r\n";
        postBatch("text/csv", "?dryRun=true", "\uFEFF" + rows)
                .then()
                .statusCode(200)
                .body("counts.created", equalTo(2));
        bureau(PROVINCE).get(path()).then().statusCode(404);
        postBatch("text/csv", "", "\uFEFF" + rows).then().statusCode(200).body("counts.created", equalTo(2));

        String lines = sample().toNdjsonLine(id, sample().first())
                + sample().toNdjsonLine(id + "-2", sample().first())
                + sample().toNdjsonLine(id + "-3", sample().wrong())
                + "{\"sourceId\":\"" + given + "\",\"withdraw\":true,\"reason\":\"重复\"}\n";
        Response answer = postBatch("application/x-ndjson", "", lines);
        answer.then()
                .statusCode(200)
                .header("Voyage-Receipt", notNullValue())
                .body("counts.unchanged", equalTo(1))
                .body("counts.created", equalTo(1))
                .body("counts.refused", equalTo(1))
                .body("counts.withdrawn", equalTo(1));
        assertThat(bureau(PROVINCE)
                        .get("/v1/batches/" + answer.path("id") + "/rows")
                        .asString())
                .contains(sample().pointers().getFirst());
    }

    @Test
    void the_examples_of_the_template_are_a_row_that_nothing_is_wrong_with() throws IOException {
        byte[] template = bureau(PROVINCE)
                .get("/v1/" + sample().collection() + "/template.xlsx")
                .asByteArray();

        postBatch("text/csv", "?dryRun=true", TemplateExamples.toCsv(template))
                .then()
                .statusCode(200)
                .body("counts.rows", equalTo(1))
                .body("errors.detail", equalTo(List.of()));
    }

    /** Rows of students that reached the wrong collection were stored as they were sent. */
    @Test
    void a_person_sent_through_a_wrong_door_is_kept_and_repeated_nowhere() throws SQLException {
        String student = "\"studentName\":\"%s\",\"passportNo\":\"%s\",\"%s\":1,\"dateOfBirth\":\"%s\","
                .formatted(NAME, PASSPORT, NAME_ZH, BIRTH_DATE);
        String body = sample().first().replaceAll("\\s*\\n\\s*", "");
        String rows = "{\"sourceId\":\"%s\",".formatted(NAME) + student + body.substring(1)
                + "\n{\"sourceId\":\"%s-9\",".formatted(id) + PERSONAL_FIELDS + "," + student + "\"a\":1}\n"
                + sample().toNdjsonLine(IDENTITY_NUMBER, sample().first())
                + sample().toNdjsonLine(SURNAMED, sample().first())
                + "{\"name\":\"" + NAME + "\n" + NAME + "\n";
        String table = "sourceId," + sample().header() + "\n"
                + String.join(",", id + "-5", sample().row(), NAME, PASSPORT, BIRTH_DATE) + "\n"
                + NAME + "," + PASSPORT + "\n"
                + String.join(",", id + "-6", "\"" + NAME + "\"" + PASSPORT, sample().row()) + "\n"
                + "填表人：" + NAME_ZH + "\n"
                + SURNAMED + "," + sample().row() + "\n"
                + IDENTITY_NUMBER + "," + sample().row() + "\n";
        List<Response> answers = new ArrayList<>();
        List<String> log;
        try (LogRecorder recorder = LogRecorder.start()) {
            for (String query : List.of("", "?mode=all", "?dryRun=true")) {
                answers.add(postBatch("application/x-ndjson", query, rows));
                answers.add(postBatch("text/csv", query, table));
            }
            for (Response posted : List.copyOf(answers)) {
                String batch = posted.header("Location").replaceFirst(".*(?=/v1/)", "");
                for (String part : List.of("", "/rows", "/refused")) {
                    answers.add(bureau(PROVINCE).get(batch + part));
                }
                assertThat(answers.getLast().asString()).contains("(line ", "第 ");
            }
            answers.addAll(sendPersonalKeys());
            answers.add(operator().get("/v1/audit?limit=1000"));
            answers.add(RestAssured.get("/q/metrics"));
            log = recorder.lines();
        }
        assertThat(log).allSatisfy(PersonalDataCanary::assertSilent);
        assertThat(answers)
                .extracting(answer -> answer.headers() + "\n" + answer.asString())
                .allSatisfy(PersonalDataCanary::assertSilent);
        put(path(), sample().first()).then().statusCode(201);
        awaitRecordEvents(id, 1);
        CanarySearch.searchTopic(sample().topic());
        CanarySearch.searchTables();
    }

    private List<Response> sendPersonalKeys() {
        List<Response> answers = new ArrayList<>();
        String there = id + "-7";
        put(sample().pathOf(PROVINCE, there), sample().first());
        for (String key : List.of(IDENTITY_NUMBER, SURNAMED, "ID " + IDENTITY_NUMBER)) {
            answers.add(put(sample().pathOf(PROVINCE, key), sample().first()));
            answers.getLast().then().statusCode(422).body("errors.pointer", hasItems("{sourceId}"));
            answers.add(renameRecord(there, key));
            answers.getLast().then().statusCode(422).body("errors.pointer", hasItems("/sourceId"));
            answers.add(bureau(PROVINCE).delete(sample().pathOf(PROVINCE, key) + "?reason=x"));
        }
        answers.add(bureau(PROVINCE).delete(sample().pathOf(PROVINCE, there) + "?reason=证件 " + IDENTITY_NUMBER));
        answers.getLast().then().statusCode(oneOf(400, 422));
        answers.add(bureau(PROVINCE)
                .header("X-Request-Id", PASSPORT)
                .header("Idempotency-Key", "\"" + NAME + " " + PASSPORT + "\"")
                .body("{\"sourceId\":\"" + id + "-8\",\"reason\":\"" + IDENTITY_NUMBER + "\"}")
                .post(sample().pathOf(PROVINCE, there) + "/rename"));
        answers.getLast().then().statusCode(422);
        answers.add(bureau(PROVINCE).body(sample().first()).put("/v1/years/" + PROVINCE + "/" + NAME + " " + PASSPORT));
        answers.getLast().then().statusCode(oneOf(400, 404, 422));
        answers.add(bureau(PROVINCE).contentType("text/plain").body(NAME).put(path()));
        answers.add(put(path(), "{\"" + NAME));
        return answers;
    }

    @Test
    void a_key_is_one_in_wide_and_in_narrow_letters_however_it_is_sent() {
        String wide = id.replace("R-", "Ｒ－") + "－１";
        put(sample().pathOf(PROVINCE, wide), sample().first())
                .then()
                .statusCode(201)
                .body("sourceId", equalTo(id + "-1"));
        postBatch("application/x-ndjson", "", sample().toNdjsonLine(wide, sample().first()))
                .then()
                .body("counts.unchanged", equalTo(1));
        bureau(PROVINCE).get(sample().pathOf(PROVINCE, id + "-1")).then().statusCode(200);
        bureau(PROVINCE).get(sample().pathOf(PROVINCE, wide)).then().statusCode(200);
    }

    @Test
    void every_kind_of_change_fits_the_schema() {
        put(path(), sample().first());
        put(path(), sample().corrected());
        bureau(PROVINCE).delete(path() + "?reason=%E9%87%8D%E5%A4%8D");
        put(path(), sample().first());
        operator().post("/v1/republications/" + sample().record()).then().statusCode(200);

        var events = awaitRecords(sample().topic(), PROVINCE + "/" + id, 5);
        RecordApiClient.assertMatchesSchema(sample().record(), events);
        assertThat(events)
                .extracting(event ->
                        RecordApiClient.parseJson(event.value()).get("change").asText())
                .startsWith("created", "corrected", "withdrawn", "restored", "republished");
    }
}
