package org.voyage.kittest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The lines of an {@link AccessMatrix} for what every service of records offers. */
public final class RecordAccess {
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";

    private static final String SUBMITTED = "{\"state\":\"submitted\"}";

    /** One for all records: each client costs threads and a connection of its own. */
    private final AccessWire wire;

    public RecordAccess(int port) {
        this.wire = new AccessWire(port);
    }

    /** @param body of a record of the province, as it is put; may make what it belongs to */
    public List<AccessLine> record(String collection, UnaryOperator<String> body) {
        String path = "/v1/" + collection;
        String one = path + "/{province}/{sourceId}";
        AccessLine.Objects objects = records(collection, body);
        return List.of(
                AccessLine.on("PUT " + one, Access.WRITE, objects)
                        .body(JSON, body)
                        .creates(),
                AccessLine.on("DELETE " + one, Access.WRITE, objects).query("reason=test"),
                AccessLine.on("GET " + one, Access.READ, objects),
                AccessLine.on("GET " + one + "/history", Access.READ, objects),
                AccessLine.on("POST " + one + "/rename", Access.WRITE, objects)
                        .body(JSON, province -> "{\"sourceId\":\"" + fresh() + "\",\"reason\":\"test\"}"),
                AccessLine.on("POST " + one + "/merge", Access.WRITE, objects)
                        .body(
                                JSON,
                                province -> "{\"into\":\""
                                        + objects.existing(province).get("sourceId")
                                        + "\",\"reason\":\"test\"}"),
                AccessLine.list("GET " + path, Access.READ, objects),
                AccessLine.of("GET " + path + "/template.xlsx", Access.READ),
                AccessLine.of("POST " + path + "/batches", Access.WRITE).body(NDJSON, province -> row(body, province)));
    }

    /**
     * @param collection of a record that is made for it, with its body
     * @param republished a record whose state may be published again
     */
    public List<AccessLine> common(String collection, UnaryOperator<String> body, String republished) {
        AccessLine.Objects batches = batches(collection + "/batches", body);
        AccessLine.Objects dryRuns = batches(collection + "/batches?dryRun=true", body);
        AccessLine.Objects records = new AccessLine.Objects() {
            @Override
            public Map<String, String> existing(String province) {
                return Map.of("record", republished);
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("record", "no-such-record");
            }
        };
        AccessLine.Objects rules = new AccessLine.Objects() {
            @Override
            public Map<String, String> existing(String province) {
                return Map.of("rule", "required");
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("rule", "no-such-rule");
            }
        };
        return List.of(
                AccessLine.of("GET /v1/rules", Access.EVERYBODY),
                AccessLine.on("GET /v1/rules/{rule}", Access.EVERYBODY, rules),
                AccessLine.list("GET /v1/batches", Access.READ, batches),
                AccessLine.on("GET /v1/batches/{id}", Access.READ, batches),
                AccessLine.on("GET /v1/batches/{id}/rows", Access.READ, batches),
                AccessLine.on("GET /v1/batches/{id}/changes", Access.READ, dryRuns),
                AccessLine.on("GET /v1/batches/{id}/refused", Access.READ, batches),
                AccessLine.of("POST /v1/republications", Access.OPERATE),
                AccessLine.on("POST /v1/republications/{record}", Access.OPERATE, records),
                AccessLine.of("GET /v1/audit", Access.READ.and(Access.Who.PRIVACY_OFFICER, Access.Right.ALL)),
                AccessLine.of("GET /v1/audit/verification", Access.OPERATE.and(Access.Who.AUDITOR, Access.Right.ALL)));
    }

    /** The years of the service. */
    public List<AccessLine> years() {
        String one = "/v1/years/{province}/{year}";
        AccessLine.Objects years = new AccessLine.Objects() {
            @Override
            public Map<String, String> existing(String province) {
                // Another one for each province, so that a list tells them apart.
                String year = Integer.toString(1950 + Integer.parseInt(province));
                send("PUT", "/v1/years/" + province + "/" + year, province, JSON, SUBMITTED);
                return Map.of("province", province, "year", year);
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("province", province, "year", "0000");
            }
        };
        return List.of(
                AccessLine.on("PUT " + one, Access.WRITE.and(Access.Who.OPERATOR, Access.Right.ALL), years)
                        .body(JSON, province -> SUBMITTED),
                AccessLine.on("GET " + one, Access.READ, years),
                AccessLine.on("GET " + one + "/history", Access.READ, years),
                AccessLine.list("GET /v1/years", Access.READ, years));
    }

    /** @param body of a record whose parent is missing */
    public AccessLine parked(String collection, UnaryOperator<String> body) {
        return AccessLine.list("GET /v1/parked", Access.READ, records(collection, body));
    }

    /** A new record of a province. @return its sourceId */
    public String put(String collection, String province, String body) {
        String id = fresh();
        send("PUT", "/v1/" + collection + "/" + province + "/" + id, province, JSON, body);
        return id;
    }

    private AccessLine.Objects records(String collection, UnaryOperator<String> body) {
        return new AccessLine.Objects() {
            @Override
            public Map<String, String> existing(String province) {
                return Map.of("province", province, "sourceId", put(collection, province, body.apply(province)));
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("province", province, "sourceId", fresh());
            }
        };
    }

    private AccessLine.Objects batches(String path, UnaryOperator<String> body) {
        return new AccessLine.Objects() {
            @Override
            public Map<String, String> existing(String province) {
                String answer = send("POST", "/v1/" + path, province, NDJSON, row(body, province));
                return Map.of("id", object(answer).path("id").asText());
            }

            @Override
            public Map<String, String> absent(String province) {
                return Map.of("id", UUID.randomUUID().toString());
            }
        };
    }

    private static String row(UnaryOperator<String> body, String province) {
        return object(body.apply(province)).put("sourceId", fresh()) + "\n";
    }

    private String send(String method, String path, String province, String type, String body) {
        AccessWire.Answer answer = wire.send(method, path, Tokens.bureau(province), type, body);
        if (!answer.good()) {
            throw new AssertionError(method + " " + path + " is not taken: " + answer.alike());
        }
        return answer.body();
    }

    private static ObjectNode object(String text) {
        try {
            return (ObjectNode) AccessWire.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fresh() {
        return "ACCESS-" + UUID.randomUUID();
    }
}
