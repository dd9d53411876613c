package org.voyage.kittest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Generator of requests to one operation: a valid request with some replaced parts. */
final class ApiFuzzRequestGenerator {
    private static final List<String> CALLERS = List.of("bureau-66", "operator", "auditor", "alliance-SCO");

    private final ApiFuzzDocument.FuzzOperation operation;
    private final String caller;
    private final Map<String, List<String>> paths;
    private final Random random;
    private final ApiFuzzInputGenerator garbage;
    private final ApiFuzzBodyGenerator bodies;

    ApiFuzzRequestGenerator(
            ApiFuzzDocument document,
            ApiFuzzDocument.FuzzOperation operation,
            String caller,
            Map<String, List<String>> paths,
            Random random) {
        this.operation = operation;
        this.caller = caller;
        this.paths = paths;
        this.random = random;
        this.garbage = new ApiFuzzInputGenerator(random);
        this.bodies = new ApiFuzzBodyGenerator(document, random, garbage);
    }

    ApiFuzzRequest nextRequest() {
        String target = randomPath() + randomQuery();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Request-Id", oneIn(12) ? garbage.randomHeader() : "fuzz-" + random.nextInt(1_000_000));
        addAuthorization(headers);
        byte[] body = randomBody(headers);
        addUnusualHeader(headers);
        String method = oneIn(40) ? garbage.pickFrom(ApiFuzzInputGenerator.METHODS) : operation.method();
        return new ApiFuzzRequest(method, target, headers, body);
    }

    /** Returns true once in the given number of times, at random. */
    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private String randomPath() {
        String path = operation.path();
        for (ApiFuzzDocument.FuzzParameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                List<String> known = paths.getOrDefault(parameter.name(), List.of("x"));
                String value = oneIn(6) ? garbage.pickFrom(ApiFuzzInputGenerator.SEGMENTS) : garbage.pickFrom(known);
                path = path.replace("{" + parameter.name() + "}", value);
            }
        }
        return oneIn(60) ? path + garbage.pickFrom(ApiFuzzInputGenerator.TAILS) : path;
    }

    private String randomQuery() {
        StringBuilder query = new StringBuilder();
        for (ApiFuzzDocument.FuzzParameter parameter : operation.parameters()) {
            if (parameter.in().equals("query") && (oneIn(3) || parameter.name().equals("reason"))) {
                int times = oneIn(12) ? 2 : 1;
                for (int i = 0; i < times; i++) {
                    appendParameter(
                            query, parameter.name(), oneIn(2) ? garbage.randomQuery() : plausibleValue(parameter));
                }
            }
        }
        if (oneIn(25)) {
            appendParameter(query, garbage.pickFrom(ApiFuzzInputGenerator.SEGMENTS), garbage.randomQuery());
        }
        return query.toString();
    }

    private static void appendParameter(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(value);
    }

    private String plausibleValue(ApiFuzzDocument.FuzzParameter parameter) {
        JsonNode values = bodies.resolveSchema(parameter.schema()).path("enum");
        String value = values.isEmpty()
                ? garbage.pickFrom(ApiFuzzInputGenerator.SENSIBLE)
                : values.get(random.nextInt(values.size())).asText();
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void addAuthorization(Map<String, String> headers) {
        if (oneIn(25)) {
            headers.put("Authorization", garbage.pickFrom(ApiFuzzInputGenerator.AUTHORIZATIONS));
        } else if (!oneIn(25)) {
            headers.put(
                    "Authorization", "Bearer " + TestTokens.tokenOf(oneIn(10) ? garbage.pickFrom(CALLERS) : caller));
        }
    }

    private byte[] randomBody(Map<String, String> headers) {
        List<String> types = List.copyOf(operation.bodies().keySet());
        if (types.isEmpty()) {
            return oneIn(20) ? garbage.randomBytes() : new byte[0];
        }
        String type = garbage.pickFrom(types);
        if (oneIn(12)) {
            headers.put("Content-Type", garbage.pickFrom(ApiFuzzInputGenerator.CONTENT_TYPES));
        } else if (!oneIn(30)) {
            headers.put("Content-Type", type);
        }
        JsonNode schema = operation.bodies().get(type);
        return type.contains("json") && !type.contains("ndjson")
                ? bodies.randomJson(schema == null ? ApiFuzzVerdict.JSON.nullNode() : schema)
                : bodies.randomFile(type, operation.path());
    }

    private void addUnusualHeader(Map<String, String> headers) {
        for (String name : ApiFuzzInputGenerator.HEADERS) {
            if (oneIn(30)) {
                headers.put(name, garbage.randomHeader());
            }
        }
        if (oneIn(30)) {
            headers.put("Accept", garbage.pickFrom(ApiFuzzInputGenerator.ACCEPTS));
        }
        if (oneIn(40)) {
            headers.put("If-Match", garbage.pickFrom(ApiFuzzInputGenerator.TAGS));
        }
    }
}
