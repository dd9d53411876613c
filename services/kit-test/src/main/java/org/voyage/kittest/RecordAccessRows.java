package org.voyage.kittest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Rows of an {@link AccessMatrix} for the operations of every record service. */
public final class RecordAccessRows {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private static final String SUBMITTED = "{\"state\":\"submitted\"}";

    /** One client for all records: each client costs threads and a connection. */
    private final AccessHttpClient wire;

    public RecordAccessRows(int port) {
        this.wire = new AccessHttpClient(port);
    }

    /**
     * Returns the rows of one record type.
     *
     * @param body of a record of the province; may create its parent
     */
    public List<AccessMatrixRow> recordRows(String collection, UnaryOperator<String> body) {
        String path = "/v1/" + collection;
        String one = path + "/{province}/{sourceId}";
        AccessMatrixRow.PathObjects objects = recordObjects(collection, body);
        return List.of(
                AccessMatrixRow.on("PUT " + one, AccessRights.WRITE, objects)
                        .withBody(JSON, body)
                        .asCreating(),
                AccessMatrixRow.on("DELETE " + one, AccessRights.WRITE, objects).withQuery("reason=test"),
                AccessMatrixRow.on("GET " + one, AccessRights.READ, objects),
                AccessMatrixRow.on("GET " + one + "/history", AccessRights.READ, objects),
                AccessMatrixRow.on("POST " + one + "/rename", AccessRights.WRITE, objects)
                        .withBody(JSON, province -> "{\"sourceId\":\"" + newSourceId() + "\",\"reason\":\"test\"}"),
                AccessMatrixRow.on("POST " + one + "/merge", AccessRights.WRITE, objects)
                        .withBody(
                                JSON,
                                province -> "{\"into\":\""
                                        + objects.existing(province).get("sourceId")
                                        + "\",\"reason\":\"test\"}"),
                AccessMatrixRow.list("GET " + path, AccessRights.READ, objects),
                AccessMatrixRow.of("GET " + path + "/template.xlsx", AccessRights.READ),
                AccessMatrixRow.of("POST " + path + "/batches", AccessRights.WRITE)
                        .withBody(NDJSON, province -> toRow(body, province)));
    }

    /**
     * Returns the rows of the operations that all record types share.
     *
     * @param collection collection in which the matrix creates a record, with its body
     * @param republished record type whose states may be republished
     */
    public List<AccessMatrixRow> commonRows(String collection, UnaryOperator<String> body, String republished) {
        AccessMatrixRow.PathObjects batches = batchObjects(collection + "/batches", body);
        AccessMatrixRow.PathObjects dryRuns = batchObjects(collection + "/batches?dryRun=true", body);
        AccessMatrixRow.PathObjects records = new AccessMatrixRow.PathObjects() {
            @Override
            public Map<String, String> existing(String province) {
                return Map.of("record", republished);
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("record", "no-such-record");
            }
        };
        AccessMatrixRow.PathObjects rules = new AccessMatrixRow.PathObjects() {
            @Override
            public Map<String, String> existing(String province) {
                return Map.of("rule", "required");
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("rule", "no-such-rule");
            }
        };
        AccessMatrixRow.PathObjects mappings = new AccessMatrixRow.PathObjects() {
            @Override
            public Map<String, String> existing(String province) {
                return Map.of("province", province, "record", republished);
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("province", province, "record", "no-such-record");
            }
        };
        return List.of(
                AccessMatrixRow.on("GET /v1/column-mappings/{province}/{record}", AccessRights.READ, mappings),
                AccessMatrixRow.on("PUT /v1/column-mappings/{province}/{record}", AccessRights.WRITE, mappings)
                        .withBody(JSON, province -> "{\"columns\":[]}"),
                AccessMatrixRow.of("GET /v1/rules", AccessRights.EVERYBODY),
                AccessMatrixRow.on("GET /v1/rules/{rule}", AccessRights.EVERYBODY, rules),
                AccessMatrixRow.list("GET /v1/batches", AccessRights.READ, batches),
                AccessMatrixRow.on("GET /v1/batches/{id}", AccessRights.READ, batches),
                AccessMatrixRow.on("DELETE /v1/batches/{id}", AccessRights.WRITE, batches),
                AccessMatrixRow.of("GET /v1/refusals", AccessRights.READ),
                AccessMatrixRow.on("GET /v1/batches/{id}/rows", AccessRights.READ, batches),
                AccessMatrixRow.on("GET /v1/batches/{id}/changes", AccessRights.READ, dryRuns),
                AccessMatrixRow.on("GET /v1/batches/{id}/refused", AccessRights.READ, batches),
                AccessMatrixRow.of("POST /v1/republications", AccessRights.OPERATE),
                AccessMatrixRow.on("POST /v1/republications/{record}", AccessRights.OPERATE, records),
                AccessMatrixRow.of(
                        "GET /v1/audit",
                        AccessRights.READ.withRight(
                                AccessRights.TestCaller.PRIVACY_OFFICER, AccessRights.AccessRight.ALL)),
                AccessMatrixRow.of(
                        "GET /v1/audit/verification",
                        AccessRights.OPERATE.withRight(AccessRights.TestCaller.AUDITOR, AccessRights.AccessRight.ALL)));
    }

    /** Returns the rows of the service's years. */
    public List<AccessMatrixRow> yearRows() {
        String one = "/v1/years/{province}/{year}";
        AccessMatrixRow.PathObjects years = new AccessMatrixRow.PathObjects() {
            @Override
            public Map<String, String> existing(String province) {
                // Another one for each province, so that a list shows a difference.
                String year = Integer.toString(1950 + Integer.parseInt(province));
                sendRequest("PUT", "/v1/years/" + province + "/" + year, province, JSON, SUBMITTED);
                return Map.of("province", province, "year", year);
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("province", province, "year", "0000");
            }
        };
        return List.of(
                AccessMatrixRow.on(
                                "PUT " + one,
                                AccessRights.WRITE.withRight(
                                        AccessRights.TestCaller.OPERATOR, AccessRights.AccessRight.ALL),
                                years)
                        .withBody(JSON, province -> SUBMITTED),
                AccessMatrixRow.on("GET " + one, AccessRights.READ, years),
                AccessMatrixRow.on("GET " + one + "/history", AccessRights.READ, years),
                AccessMatrixRow.list("GET /v1/years", AccessRights.READ, years));
    }

    /**
     * Returns the row of parked submissions.
     *
     * @param body of a record whose parent is missing
     */
    public AccessMatrixRow parkedRow(String collection, UnaryOperator<String> body) {
        return AccessMatrixRow.list("GET /v1/parked", AccessRights.READ, recordObjects(collection, body));
    }

    /**
     * Creates a record of a province.
     *
     * @return its sourceId
     */
    public String putRecord(String collection, String province, String body) {
        String id = newSourceId();
        sendRequest("PUT", "/v1/" + collection + "/" + province + "/" + id, province, JSON, body);
        return id;
    }

    private AccessMatrixRow.PathObjects recordObjects(String collection, UnaryOperator<String> body) {
        return new AccessMatrixRow.PathObjects() {
            @Override
            public Map<String, String> existing(String province) {
                return Map.of("province", province, "sourceId", putRecord(collection, province, body.apply(province)));
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("province", province, "sourceId", newSourceId());
            }
        };
    }

    private AccessMatrixRow.PathObjects batchObjects(String path, UnaryOperator<String> body) {
        return new AccessMatrixRow.PathObjects() {
            @Override
            public Map<String, String> existing(String province) {
                String answer = sendRequest("POST", "/v1/" + path, province, NDJSON, toRow(body, province));
                return Map.of("id", parseObject(answer).path("id").asText());
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("id", UUID.randomUUID().toString());
            }
        };
    }

    private static String toRow(UnaryOperator<String> body, String province) {
        return parseObject(body.apply(province)).put("sourceId", newSourceId()) + "\n";
    }

    private String sendRequest(String method, String path, String province, String type, String body) {
        AccessHttpClient.AccessResponse answer =
                wire.sendRequest(method, path, TestTokens.bureauToken(province), type, body);
        if (!answer.isSuccess()) {
            throw new AssertionError(method + " " + path + " is not taken: " + answer.alike());
        }
        return answer.body();
    }

    private static ObjectNode parseObject(String text) {
        try {
            return (ObjectNode) AccessHttpClient.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String newSourceId() {
        return "ACCESS-" + UUID.randomUUID();
    }
}
