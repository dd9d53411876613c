package org.voyage.mobility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;
import static org.voyage.kittest.PersonalDataCanary.BIRTH_DATE;
import static org.voyage.kittest.PersonalDataCanary.NAME;
import static org.voyage.kittest.PersonalDataCanary.NAME_ZH;
import static org.voyage.kittest.PersonalDataCanary.PASSPORT;
import static org.voyage.kittest.PersonalDataCanary.PERSONAL_FIELDS;
import static org.voyage.kittest.PersonalDataCanary.SURNAMED;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.mobility.CanaryFiles.HEADER;
import static org.voyage.mobility.CanaryFiles.bodyWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.kit.bulk.BulkConfig;
import org.voyage.kit.bulk.format.BatchFormat;
import org.voyage.kit.outbox.OutboxConfig;
import org.voyage.kittest.CanarySearch;
import org.voyage.kittest.LogRecorder;
import org.voyage.kittest.PersonalDataCanary;
import org.voyage.kittest.RealBackends;
import org.voyage.kittest.RecordApiClient;
import org.voyage.kittest.YearStateSteps;

/**
 * Integration test that sends striking names, passport numbers and dates of birth in every way and searches for them
 * everywhere.
 */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class PersonalDataCanaryIT {

    private static final String RECORDS = "/v1/inbound-enrolments";
    private static final int YEAR = 1991;

    @Inject
    @SuppressWarnings("NullAway.Init")
    BulkConfig bulk;

    @Inject
    @SuppressWarnings("NullAway.Init")
    OutboxConfig outbox;

    private final List<String> answers = new ArrayList<>();
    /** Keys of events that this test caused. */
    private final List<String> told = new ArrayList<>();

    private final List<String> batches = new ArrayList<>();

    private Response rememberResponse(Response answer) {
        answers.add(answer.headers() + "\n" + answer.asString());
        return answer;
    }

    @Test
    void no_name_passport_number_or_date_of_birth_is_found_anywhere() throws Exception {
        List<String> log;
        try (LogRecorder recorder = LogRecorder.start()) {
            sendRequests();
            sendNamingKeys();
            sendFiles();
            sendWrongColumns();
            sendToOtherCollections();
            sendHeadersAndPaths();
            sendColumnMappings();
            YearStateSteps.lockYear("12", YEAR);
            YearStateSteps.reopenYear("12", YEAR);
            told.add("12/" + YEAR);
            rememberResponse(bureau("12").get("/v1/parked"));
            rememberResponse(bureau("12").get(RECORDS + "?limit=1000"));
            rememberResponse(bureau("12").get("/v1/audit?limit=1000"));
            rememberResponse(as("privacy-officer").get("/v1/audit?limit=1000"));
            rememberResponse(RestAssured.get("/q/metrics"));
            rememberResponse(RestAssured.get("/q/health"));
            log = recorder.lines();
        }
        assertThat(answers).hasSizeGreaterThan(60).allSatisfy(PersonalDataCanary::assertSilent);
        assertThat(log).allSatisfy(PersonalDataCanary::assertSilent);
        CanarySearch.searchTopics(outbox.topics(), told);
        CanarySearch.searchTables();
        CanarySearch.searchDatabaseFiles(told.getFirst().substring(3));
        assertThat(batches).hasSize(10 + 4);
        CanarySearch.requireNothingSpooled(bulk.folder(), batches);
    }

    private void sendRequests() {
        String id = newSourceId("C");
        String path = RECORDS + "/12/" + id;
        rememberResponse(RecordApiClient.put(path, bodyWith(PERSONAL_FIELDS)))
                .then()
                .statusCode(201);
        told.add("12/" + id);
        rememberResponse(RecordApiClient.put(path, bodyWith(PERSONAL_FIELDS)));
        rememberResponse(RecordApiClient.put(path, bodyWith(PERSONAL_FIELDS.replace(NAME, NAME_ZH))));
        rememberResponse(bureau("12").get(path));
        rememberResponse(bureau("12").get(path + "/history"));
        rememberResponse(bureau("12")
                        .header("If-Match", "\"9\"")
                        .body(bodyWith(PERSONAL_FIELDS))
                        .put(path))
                .then()
                .statusCode(412);
        sendRefusedBodies(path);
        rememberResponse(bureau("13").body(bodyWith(PERSONAL_FIELDS)).put(path))
                .then()
                .statusCode(404);
        bureau("12").get(path + "/personal-data").then().statusCode(200);
        as("privacy-officer").get(path + "/personal-data").then().statusCode(200);
        rememberResponse(bureau("12").delete(path + "/personal-data?reason=" + NAME + " 申请"))
                .then()
                .statusCode(400);
        rememberResponse(bureau("12").delete(path + "?reason=" + NAME_ZH + "重复"))
                .then()
                .statusCode(422);
        rememberResponse(RecordApiClient.put(path, bodyWith(PERSONAL_FIELDS)))
                .then()
                .statusCode(200);
        for (String key : List.of(PASSPORT, "S-7-XQZ-771-9345", "ZEPHYRINE-1-QUOKKA", "1-" + BIRTH_DATE)) {
            rememberResponse(renameRecord(path, key)).then().statusCode(422);
        }
        rememberResponse(renameRecord(path, newSourceId("C"))).then().statusCode(200);
        String erased = RECORDS + "/12/" + newSourceId("C");
        rememberResponse(RecordApiClient.put(erased, bodyWith(PERSONAL_FIELDS)));
        rememberResponse(bureau("12").delete(erased + "?reason=x"));
        rememberResponse(bureau("12").delete(erased + "/personal-data?reason=student-request"))
                .then()
                .statusCode(204);
        rememberResponse(RecordApiClient.put(erased, bodyWith(PERSONAL_FIELDS)));
    }

    /** Sends bodies that no path accepts, whatever the key. */
    private void sendRefusedBodies(String path) {
        for (String wrong : PersonalDataCanary.WRONG_PERSONS) {
            rememberResponse(RecordApiClient.put(path, bodyWith(wrong))).then().statusCode(oneOf(400, 422));
        }
        for (String field : List.of("nationality", "college", "major", "funding", "startedOn")) {
            for (String value : List.of(PASSPORT, BIRTH_DATE + "x", NAME_ZH)) {
                String alone = bodyWith("\"assessed\":false")
                        .replace("\"assessed\":true,", "")
                        .replaceFirst("(\"" + field + "\": *)\"[^\"]*\"", "$1\"" + value + "\"");
                rememberResponse(RecordApiClient.put(path, alone)).then().statusCode(422);
            }

            String misplaced =
                    bodyWith(PERSONAL_FIELDS).replaceFirst("(\"" + field + "\": *)\"[^\"]*\"", "$1\"" + NAME + "\"");
            rememberResponse(RecordApiClient.put(path, misplaced)).then().statusCode(422);
        }
        rememberResponse(RecordApiClient.put(path, bodyWith(PERSONAL_FIELDS).replace("}", "")))
                .then()
                .statusCode(400);
        rememberResponse(as("operator").body(bodyWith(PERSONAL_FIELDS)).put(path))
                .then()
                .statusCode(403);
        rememberResponse(bureau("12")
                        .contentType("text/plain")
                        .body(PERSONAL_FIELDS)
                        .put(path))
                .then()
                .statusCode(415);
        rememberResponse(bureau("12")
                        .accept("text/plain")
                        .body(bodyWith(PERSONAL_FIELDS))
                        .put(path))
                .then()
                .statusCode(406);
        rememberResponse(bureau("12").body(bodyWith(PERSONAL_FIELDS)).patch(path))
                .then()
                .statusCode(405);
        rememberResponse(RestAssured.given()
                        .contentType("application/json")
                        .body(bodyWith(PERSONAL_FIELDS))
                        .put(path))
                .then()
                .statusCode(401);
        rememberResponse(RestAssured.given()
                        .auth()
                        .oauth2("not.a.token")
                        .contentType("application/json")
                        .body(bodyWith(PERSONAL_FIELDS))
                        .put(path))
                .then()
                .statusCode(401);
    }

    private static Response renameRecord(String path, String to) {
        return bureau("12")
                .header("Idempotency-Key", newSourceId("I"))
                .body(Map.of("sourceId", to, "reason", "x"))
                .post(path + "/rename");
    }

    /** A clerk may use the passport number as the key: no refusal repeats it. */
    private void sendNamingKeys() {
        for (String key : List.of(PASSPORT, "S-" + PASSPORT, NAME, NAME_ZH, "ZEPHYRINE, QUOKKA", SURNAMED)) {
            rememberResponse(RecordApiClient.put(
                            RECORDS + "/12/" + key,
                            bodyWith("\"assessed\":true").replaceFirst("\"assessed\":true,", "")))
                    .then()
                    .statusCode(422);
            String path = RECORDS + "/12/" + key;
            String person = key.contains(PASSPORT) ? PERSONAL_FIELDS : PERSONAL_FIELDS.replace(NAME, key);
            rememberResponse(RecordApiClient.put(path, bodyWith(person))).then().statusCode(422);
            sendRefusedBodies(path);
            rememberResponse(bureau("13").body(bodyWith(PERSONAL_FIELDS)).put(path))
                    .then()
                    .statusCode(404);
            rememberResponse(bureau("12")
                            .header("If-Match", "\"9\"")
                            .body(bodyWith(PERSONAL_FIELDS))
                            .put(path))
                    .then()
                    .statusCode(422);
            rememberResponse(bureau("12").delete(path)).then().statusCode(400);
            rememberResponse(bureau("12").delete(path + "?reason=x")).then().statusCode(404);
            rememberResponse(bureau("12").delete(path + "/personal-data?reason=other"))
                    .then()
                    .statusCode(404);
            for (String client : List.of("bureau-12", "bureau-13", "operator")) {
                rememberResponse(as(client).get(path + "/personal-data")).then().statusCode(oneOf(403, 404));
            }
            rememberResponse(renameRecord(path, newSourceId("C"))).then().statusCode(404);
        }
    }

    private void sendFiles() {
        byte[] ndjson = CanaryFiles.toNdjson().getBytes(StandardCharsets.UTF_8);
        String csv = CanaryFiles.toCsv();
        for (String query : List.of("?dryRun=true", "?mode=all", "")) {
            sendBatch(BatchFormat.NDJSON_TYPE, query, ndjson);
            sendBatch(BatchFormat.CSV_TYPE, query, csv.getBytes(StandardCharsets.UTF_8));
            sendBatch(BatchFormat.XLSX_TYPE, query, CanaryFiles.toXlsx());
        }
        String strange = HEADER.replace("姓名", NAME_ZH) + csv.substring(HEADER.length());
        sendBatch(BatchFormat.CSV_TYPE, "", strange.getBytes(StandardCharsets.UTF_8));
    }

    /** Exchanged columns made names into keys on Kafka. */
    private void sendWrongColumns() {
        StringBuilder swapped = new StringBuilder(HEADER);
        StringBuilder shifted = new StringBuilder(HEADER);
        for (List<String> cells : CanaryFiles.rows().subList(0, 4)) {
            List<String> row = new ArrayList<>(cells);
            row.set(0, cells.get(13));
            row.set(13, cells.get(0));
            swapped.append(String.join(",", row)).append('\n');
            row.set(0, SURNAMED);
            row.set(13, "TJ-2020-0001");
            swapped.append(String.join(",", row)).append('\n');
            List<String> moved = new ArrayList<>(cells.subList(12, 16));
            moved.addAll(cells.subList(0, 12));
            shifted.append(String.join(",", moved)).append('\n');
        }
        for (StringBuilder file : List.of(swapped, shifted)) {
            sendBatch(BatchFormat.CSV_TYPE, "", file.toString().getBytes(StandardCharsets.UTF_8));
            bureau("12")
                    .get("/v1/batches/" + batches.getLast())
                    .then()
                    .body("counts.created", equalTo(0))
                    .body("counts.refused", equalTo(file == swapped ? 8 : 4));
        }
    }

    /** Files of enrolments that reach another collection, with their own headings and without any. */
    private void sendToOtherCollections() {
        String csv = CanaryFiles.toCsv();
        for (MobilityRecord other : MobilityRecord.values()) {
            String to = other.collection() + "/batches";
            if (other != MobilityRecord.INBOUND_ENROLMENT) {
                for (String rows : List.of(csv, csv.substring(HEADER.length()))) {
                    rememberResponse(bureau("12")
                            .contentType(BatchFormat.CSV_TYPE)
                            .header("Content-Disposition", "attachment; filename=\"" + PASSPORT + ".csv\"")
                            .body(rows.getBytes(StandardCharsets.UTF_8))
                            .post(to));
                }
                String plain = "sourceId,college,startedOn\n" + PASSPORT + ",4112012345,2020-02-29," + NAME + "\n"
                        + newSourceId("C") + "," + NAME + "," + PASSPORT + "\n" + NAME + ",,\n";
                rememberResponse(bureau("12")
                        .contentType(BatchFormat.CSV_TYPE)
                        .body(plain.getBytes(StandardCharsets.UTF_8))
                        .post(to));
            }
        }
        rememberResponse(bureau("12").get("/v1/batches?limit=1000"));
        sendBatch(
                BatchFormat.NDJSON_TYPE,
                "",
                CanaryFiles.toNdjson().getBytes(StandardCharsets.UTF_8),
                "/v1/foreign-teachers");
        sendBatch(
                BatchFormat.NDJSON_TYPE,
                "",
                CanaryFiles.toNdjson().getBytes(StandardCharsets.UTF_8),
                "/v1/outbound-placements");
    }

    private void sendHeadersAndPaths() {
        String path = RECORDS + "/12/" + newSourceId("C");
        for (String client : List.of("bureau-12", "operator")) {
            rememberResponse(as(client)
                    .header("X-Request-Id", PASSPORT)
                    .header("Idempotency-Key", "\"" + NAME + "\"")
                    .header("User-Agent", NAME)
                    .header("Prefer", NAME)
                    .header("traceparent", PASSPORT)
                    .body("{\"into\":\"" + PASSPORT + "\",\"reason\":\"" + NAME_ZH + "\"}")
                    .post(path + "/merge"));
            rememberResponse(as(client).body("{}").put("/v1/years/12/" + NAME));
            rememberResponse(as(client).body("{}").put("/v1/" + NAME + "/12/" + PASSPORT));
            rememberResponse(as(client).body("{}").post("/v1/republications/" + NAME));
            rememberResponse(as(client).get(RECORDS + "?college=" + PASSPORT));
            rememberResponse(as(client).get("/v1/batches/" + PASSPORT + "/refused"));
            rememberResponse(as(client).delete("/v1/foreign-teachers/12/" + NAME_ZH + "?reason=x"));
            rememberResponse(as(client).body("{}").put("/v1/foreign-teachers/12/" + NAME));
        }
    }

    /** A heading may be a name in the wrong row. */
    private void sendColumnMappings() {
        for (String record : List.of("inbound-enrolment", "outbound-placement")) {
            String path = "/v1/column-mappings/12/" + record;
            for (String heading : List.of(NAME, SURNAMED, PASSPORT, BIRTH_DATE)) {
                rememberResponse(bureau("12")
                                .body(Map.of("columns", List.of(Map.of("heading", heading, "field", "college"))))
                                .put(path))
                        .then()
                        .statusCode(422);
            }
            rememberResponse(bureau("12").get(path));
        }
        rememberResponse(bureau("12")
                        .body(Map.of("columns", List.of(Map.of("heading", NAME_ZH, "field", "name"))))
                        .put("/v1/column-mappings/12/inbound-enrolment"))
                .then()
                .statusCode(422);
    }

    private void sendBatch(String type, String query, byte[] rows) {
        sendBatch(type, query, rows, RECORDS);
    }

    private void sendBatch(String type, String query, byte[] rows, String collection) {
        Response answer = rememberResponse(bureau("12")
                .contentType(type)
                .header("Content-Disposition", "attachment; filename=\"" + NAME + ".csv\"")
                .body(rows)
                .post(collection + "/batches" + query));
        String batch = answer.header("Location").replaceFirst(".*(?=/v1/)", "");
        rememberResponse(bureau("12").get(batch));
        rememberResponse(bureau("12").get(batch + "/rows"));
        if (query.contains("dryRun")) {
            rememberResponse(bureau("12").get(batch + "/changes")).then().statusCode(200);
        }
        Response refused = bureau("12").get(batch + "/refused");
        if (type.equals(BatchFormat.XLSX_TYPE)) {
            String sheet =
                    CanaryFiles.unzip(refused.then().statusCode(200).extract().asByteArray());
            assertThat(sheet).contains("未通过原因", "泰国", "***");
            answers.add(refused.headers() + "\n" + sheet);
        } else {
            rememberResponse(refused);
        }
        String id = batch.substring(batch.lastIndexOf('/') + 1);
        batches.add(id);
        if (query.isEmpty()) {
            told.add("12/" + id);
        }
        rememberResponse(bureau("12").get("/v1/batches?limit=1000"));
    }
}
