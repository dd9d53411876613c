package org.voyage.kittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voyage.kittest.RecordApiClient.as;
import static org.voyage.kittest.RecordApiClient.bureau;
import static org.voyage.kittest.RecordApiClient.newSourceId;
import static org.voyage.kittest.RecordApiClient.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Requests to every operation that record services share, made of the examples in the service's OpenAPI document. An
 * {@link ApiAnswerFilter} looks at the answers.
 */
public final class RecordServiceWalkthrough {
    /** A province for each collection, so that the parents of its records are missing at first. */
    private static final List<String> PROVINCES = List.of("13", "14", "15", "21", "22", "23");

    private static final String NDJSON = "application/x-ndjson";
    private static final String CSV = "text/csv";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final JsonNode document;
    private String province = PROVINCES.getFirst();

    public RecordServiceWalkthrough(ApiAnswerFilter answers) {
        this.document = answers.document();
    }

    /** Sends all requests. */
    public void sendAll() {
        List<String> collections = collections();
        for (int i = 0; i < collections.size(); i++) {
            province = PROVINCES.get(i);
            walkRecord(collections.get(i));
        }
        bureau(province).get("/v1/parked").then().statusCode(200);
        walkYears();
        walkRefusals();
        as("auditor").get("/v1/audit?limit=5").then().statusCode(200);
        as("auditor").get("/v1/audit/verification").then().statusCode(200);
        bureau(province).get("/v1/rules?severity=warn").then().statusCode(200);
        bureau(province).get("/v1/rules/required").then().statusCode(200);
        bureau(province).get("/v1/batches?limit=2").then().statusCode(200);
        operator().post("/v1/republications").then().statusCode(200);
    }

    private List<String> collections() {
        return document.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .filter(path -> path.endsWith("/batches") && path.split("/").length == 4)
                .map(path -> path.split("/")[2])
                .toList();
    }

    private JsonNode operation(String method, String path) {
        JsonNode found = document.path("paths").path(path).path(method);
        assertThat(found.isMissingNode()).as(method + " " + path).isFalse();
        return found;
    }

    private String requestExample(String method, String path, String type) {
        JsonNode example = operation(method, path)
                .path("requestBody")
                .path("content")
                .path(type)
                .path("example");
        return example.isTextual() ? example.asText() : example.toString();
    }

    private String recordExample(String collection) {
        return requestExample("put", "/v1/" + collection + "/{province}/{sourceId}", "application/json");
    }

    private Response putRecord(String collection, String sourceId, String body) {
        return bureau(province).body(body).put(pathOf(collection, sourceId));
    }

    private String pathOf(String collection, String sourceId) {
        return "/v1/" + collection + "/" + province + "/" + sourceId;
    }

    private void walkRecord(String collection) {
        String body = recordExample(collection);
        String first = newSourceId("DOC");
        bringParents(collection, first, body);
        String second = newSourceId("DOC");
        putRecord(collection, second, body).then().statusCode(201);
        putRecord(collection, second, body).then().statusCode(200);
        String path = pathOf(collection, second);
        bureau(province).get(path).then().statusCode(200);
        bureau(province).header("If-None-Match", "\"1\"").get(path).then().statusCode(304);
        bureau(province).get(path + "/history").then().statusCode(200);
        bureau(province).get("/v1/" + collection + "?limit=1").then().statusCode(200);
        bureau(province)
                .get("/v1/" + collection + "?limit=1&updatedAfter=2026-01-01T00:00:00Z&partition=1/2")
                .then()
                .statusCode(200);
        bureau(province).get("/v1/" + collection + "/template.xlsx").then().statusCode(200);
        String third = second + "-A";
        move(path, "rename", "sourceId", third);
        bureau(province).redirects().follow(false).get(path).then().statusCode(308);
        move(pathOf(collection, third), "merge", "into", first);
        bureau(province)
                .delete(pathOf(collection, first) + "?reason=%E9%87%8D%E5%A4%8D")
                .then()
                .statusCode(200);
        walkFiles(collection, body);
        String record = collection.substring(0, collection.length() - 1);
        walkColumns("/v1/column-mappings/" + province + "/" + record);
        operator().post("/v1/republications/" + record).then().statusCode(200);
    }

    /** Stores the record; where its parent is missing it is parked first, and stored with the parent. */
    private void bringParents(String collection, String sourceId, String body) {
        Response answer = putRecord(collection, sourceId, body);
        if (answer.statusCode() == 202) {
            bureau(province).get("/v1/parked?limit=1000").then().statusCode(200);
            bureau(province)
                    .delete(pathOf(collection, sourceId) + "?reason=%E9%87%8D%E5%A4%8D")
                    .then()
                    .statusCode(204);
            putRecord(collection, sourceId, body).then().statusCode(202);
            String parents = answer.path("waitsFor.record") + "s";
            bringParents(parents, answer.path("waitsFor.sourceId"), recordExample(parents));
        }
        bureau(province).get(pathOf(collection, sourceId)).then().statusCode(200);
    }

    private void move(String path, String how, String target, String key) {
        bureau(province)
                .body("{\"" + target + "\":\"" + key + "\",\"reason\":\"编号重复\"}")
                .post(path + "/" + how)
                .then()
                .statusCode(200);
    }

    private void walkFiles(String collection, String body) {
        String path = "/v1/" + collection + "/batches";
        String row = toRow(body);
        Response done = sendFile(path, NDJSON, row + "{\"sourceId\":\"\"}\n");
        done.then().statusCode(200);
        readBatch(done);
        Response refused = sendFile(path, CSV, csvWithFault(requestExample("post", path, CSV)));
        refused.then().statusCode(200);
        readBatch(refused);
        Response workbook = bureau(province)
                .contentType(XLSX)
                .body(toWorkbook(csvWithFault(requestExample("post", path, CSV))))
                .post(path);
        workbook.then().statusCode(200);
        readBatch(workbook);
        assertThat(sendFile(path + "?mode=all", NDJSON, row + "{\"sourceId\":\"\"}\n")
                        .statusCode())
                .isIn(200, 422);
        assertThat(sendFile(path, CSV, "nothing,that,is,known\n1,2,3,4\n").statusCode())
                .isIn(400, 422);
        awaitFailure(path);
        sendFile(path + "?dryRun=changes", NDJSON, row).then().statusCode(200);
        Response trial = sendFile(path + "?dryRun=true", NDJSON, row);
        readBatch(trial);
        bureau(province)
                .get("/v1/batches/" + trial.path("id") + "/changes")
                .then()
                .statusCode(200);
        bureau(province)
                .contentType(NDJSON)
                .header("Prefer", "respond-async")
                .body(row.getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(202);
    }

    private void walkColumns(String path) {
        bureau(province)
                .body(requestExample("put", "/v1/column-mappings/{province}/{record}", "application/json"))
                .put(path)
                .then()
                .statusCode(200);
        bureau(province).get(path).then().statusCode(200);
        bureau(province).body("{\"columns\":[]}").put(path).then().statusCode(200);
    }

    /** Who does not wait for a file that is refused as a whole finds the reason at its batch. */
    private void awaitFailure(String path) {
        String batch = bureau(province)
                .contentType(CSV)
                .header("Prefer", "respond-async")
                .body("nothing,that,is,known\n1,2,3,4\n".getBytes(StandardCharsets.UTF_8))
                .post(path)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bureau(province).get(batch).<String>path("failure"))
                        .isNotNull());
    }

    private Response sendFile(String path, String type, String rows) {
        return RecordApiClient.sendFile(province, path, type, rows);
    }

    private void readBatch(Response batch) {
        assertThat(batch.<String>path("id")).as(batch.asString()).isNotNull();
        String path = "/v1/batches/" + batch.path("id");
        bureau(province).get(path).then().statusCode(200);
        bureau(province).get(path + "/rows").then().statusCode(200);
        bureau(province).get(path + "/refused").then().statusCode(200);
        bureau(province).delete(path).then().statusCode(200);
        bureau(province).get("/v1/refusals").then().statusCode(200);
    }

    private static String toRow(String body) {
        ObjectNode row = (ObjectNode) RecordApiClient.parseJson(body.getBytes(StandardCharsets.UTF_8));
        return row.put("sourceId", newSourceId("DOC")) + "\n";
    }

    /** Returns the file with another key, and a second row without one. */
    private static String csvWithFault(String csv) {
        String[] lines = csv.split("\n");
        String cells = lines[1].substring(lines[1].indexOf(','));
        return lines[0] + "\n" + newSourceId("DOC") + cells + "\n" + cells + "\n";
    }

    private static byte[] toWorkbook(String csv) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(file, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("rows");
            String[] lines = csv.split("\n");
            for (int row = 0; row < lines.length; row++) {
                String[] cells = lines[row].split(",", -1);
                for (int column = 0; column < cells.length; column++) {
                    sheet.value(row, column, cells[column]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    private void walkYears() {
        String year = "/v1/years/" + province + "/1987";
        bureau(province).get(year).then().statusCode(200);
        bureau(province).body("{\"state\":\"submitted\"}").put(year).then().statusCode(201);
        operator().body("{\"state\":\"accepted\"}").put(year).then().statusCode(200);
        operator()
                .body("{\"state\":\"open\",\"reason\":\"更正\"}")
                .put(year)
                .then()
                .statusCode(200);
        bureau(province).get(year).then().statusCode(200);
        bureau(province).get(year + "/history").then().statusCode(200);
        bureau(province).get("/v1/years?state=open,locked&year=1987").then().statusCode(200);
    }

    private void walkRefusals() {
        String collection = collections().getFirst();
        String path = pathOf(collection, newSourceId("NONE"));
        bureau(province).get(path).then().statusCode(404);
        bureau("31").get(path).then().statusCode(404);
        bureau(province).get(path + "?asof=x").then().statusCode(400);
        bureau(province).body("{}").put(path).then().statusCode(422);
        bureau(province).body("{").put(path).then().statusCode(400);
        bureau(province).contentType("text/plain").body("x").put(path).then().statusCode(415);
        operator().body(recordExample(collection)).put(path).then().statusCode(403);
        bureau(province)
                .header("If-Match", "\"7\"")
                .body(recordExample(collection))
                .put(path)
                .then()
                .statusCode(412);
        RestAssured.get(path).then().statusCode(401);
        bureau(province).patch(path).then().statusCode(405);
    }
}
