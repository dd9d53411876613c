package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests to one operation: each a good one in which some parts were replaced. */
final class ApiFuzzRequests {
    private static final List<String> CALLERS = List.of("bureau-66", "operator", "auditor", "alliance-SCO");

    private final ApiFuzzDocument.Operation operation;
    private final String caller;
    private final Map<String, List<String>> paths;
    private final Random random;
    private final ApiFuzzGarbage garbage;
    private final ApiFuzzBodies bodies;

    ApiFuzzRequests(
            ApiFuzzDocument document,
            ApiFuzzDocument.Operation operation,
            String caller,
            Map<String, List<String>> paths,
            Random random) {
        this.operation = operation;
        this.caller = caller;
        this.paths = paths;
        this.random = random;
        this.garbage = new ApiFuzzGarbage(random);
        this.bodies = new ApiFuzzBodies(document, random, garbage);
    }

    ApiFuzzRequest next() {
        String target = path() + query();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Request-Id", now(12) ? garbage.header() : "fuzz-" + random.nextInt(1_000_000));
        authorization(headers);
        byte[] body = body(headers);
        odd(headers);
        String method = now(40) ? garbage.pick(ApiFuzzGarbage.METHODS) : operation.method();
        return new ApiFuzzRequest(method, target, headers, body);
    }

    /** True once in so many times. */
    private boolean now(int times) {
        return random.nextInt(times) == 0;
    }

    private String path() {
        String path = operation.path();
        for (ApiFuzzDocument.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                List<String> known = paths.getOrDefault(parameter.name(), List.of("x"));
                String value = now(6) ? garbage.pick(ApiFuzzGarbage.SEGMENTS) : garbage.pick(known);
                path = path.replace("{" + parameter.name() + "}", value);
            }
        }
        return now(60) ? path + garbage.pick(ApiFuzzGarbage.TAILS) : path;
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        for (ApiFuzzDocument.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("query") && (now(3) || parameter.name().equals("reason"))) {
                int times = now(12) ? 2 : 1;
                for (int i = 0; i < times; i++) {
                    append(query, parameter.name(), now(2) ? garbage.query() : sensible(parameter));
                }
            }
        }
        if (now(25)) {
            append(query, garbage.pick(ApiFuzzGarbage.SEGMENTS), garbage.query());
        }
        return query.toString();
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(value);
    }

    private String sensible(ApiFuzzDocument.Parameter parameter) {
        JsonNode values = bodies.schema(parameter.schema()).path("enum");
        String value = values.isEmpty()
                ? garbage.pick(ApiFuzzGarbage.SENSIBLE)
                : values.get(random.nextInt(values.size())).asText();
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void authorization(Map<String, String> headers) {
        if (now(25)) {
            headers.put("Authorization", garbage.pick(ApiFuzzGarbage.AUTHORIZATIONS));
        } else if (!now(25)) {
            headers.put("Authorization", "Bearer " + Tokens.of(now(10) ? garbage.pick(CALLERS) : caller));
        }
    }

    private byte[] body(Map<String, String> headers) {
        List<String> types = List.copyOf(operation.bodies().keySet());
        if (types.isEmpty()) {
            return now(20) ? garbage.bytes() : new byte[0];
        }
        String type = garbage.pick(types);
        if (now(12)) {
            headers.put("Content-Type", garbage.pick(ApiFuzzGarbage.CONTENT_TYPES));
        } else if (!now(30)) {
            headers.put("Content-Type", type);
        }
        JsonNode schema = operation.bodies().get(type);
        return type.contains("json") && !type.contains("ndjson")
                ? bodies.json(schema == null ? ApiFuzzVerdict.JSON.nullNode() : schema)
                : bodies.file(type, operation.path());
    }

    private void odd(Map<String, String> headers) {
        for (String name : ApiFuzzGarbage.HEADERS) {
            if (now(30)) {
                headers.put(name, garbage.header());
            }
        }
        if (now(30)) {
            headers.put("Accept", garbage.pick(ApiFuzzGarbage.ACCEPTS));
        }
        if (now(40)) {
            headers.put("If-Match", garbage.pick(ApiFuzzGarbage.TAGS));
        }
    }
}
