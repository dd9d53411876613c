package org.voyage.kittest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Generator of fuzz bodies: bodies that a schema allows or nearly allows, files of them, and random bytes. */
final class ApiFuzzBodyGenerator {
    /** Unusual values as JSON text. */
    private static final List<String> UNUSUAL_VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "-1e400",
            "1E+2147483648",
            "9".repeat(2000),
            "0.1e-99999",
            "99999999999999999999",
            "2147483648",
            "NaN",
            "Infinity",
            "01",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\udc00x\"",
            "\"\\u202e\"",
            "\"😀\"",
            "\"\\uFEFF\"",
            "\"\\u0085\"",
            "\"a\\nb\"",
            "\"a\tb\"",
            "\"中文名称\"",
            "\"2023-02-29\"",
            "\"2024-02-29\"",
            "\"2023-04-31\"",
            "\"0000-01-01\"",
            "\"99999-01-01\"",
            "\"+99999-01-01\"",
            "\"-0001-01-01\"",
            "\"1000-01-01\"",
            "\"2023-1-1\"",
            "\"20230101\"",
            "\"2023-01-01T00:00:00Z\"",
            "\"THA\"",
            "\"tha\"",
            "\"CHN\"",
            "\"open\"",
            "\"OPEN\"",
            "\"4112012345\"",
            "\"４１１２０１２３４５\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"name\":null}",
            "\"" + "长".repeat(201) + "\"",
            "\"" + "x".repeat(20_000) + "\"",
            "[\"4112012345\",\"4112012345\"]",
            "\"=cmd|' /C calc'!A0\"",
            "\"a|b\"",
            "\"\\\"\"");

    private static final List<byte[]> UNUSUAL_BODIES = List.of(
            toBytes(""),
            toBytes(" "),
            toBytes("null"),
            toBytes("[]"),
            toBytes("{}"),
            toBytes("\"x\""),
            toBytes("1"),
            toBytes("{"),
            toBytes("}"),
            toBytes("{}{}"),
            toBytes("{} x"),
            toBytes("{\"a\":}"),
            toBytes("{,}"),
            toBytes("[".repeat(5000)),
            toBytes("{\"a\":".repeat(3000)),
            toBytes("{\"a\":".repeat(900) + "1" + "}".repeat(900)),
            toBytes("{a:1}"),
            toBytes("{'a':1}"),
            toBytes("{\"a\":1,}"),
            toBytes("/* */{}"),
            toBytes("\uFEFF{}"),
            toBytes("\uFEFF\uFEFF{}"),
            new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, '}', 0},
            new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
            new byte[] {0, '{', 0, '}'},
            new byte[] {0},
            new byte[] {(byte) 0x1F, (byte) 0x8B, 8, 0, 0},
            toBytes("<xml/>"),
            toBytes("a=b&c=d"),
            toBytes("{\"\":1}"),
            toBytes("{\"__proto__\":{}}"));

    private final ApiFuzzDocument document;
    private final Random random;
    private final ApiFuzzInputGenerator garbage;

    ApiFuzzBodyGenerator(ApiFuzzDocument document, Random random, ApiFuzzInputGenerator garbage) {
        this.document = document;
        this.random = random;
        this.garbage = garbage;
    }

    JsonNode resolveSchema(JsonNode node) {
        return document.resolveReference(node);
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Returns one JSON body. */
    byte[] randomJson(JsonNode schema) {
        if (oneIn(8)) {
            return garbage.pickFrom(UNUSUAL_BODIES);
        }
        if (oneIn(120)) {
            return toBytes("{\"name\":\"" + "大".repeat(700_000) + "\"}");
        }
        return corruptSometimes(toBytes(randomObject(schema)));
    }

    /** Returns many rows of the record whose schema fits the path best; {@code type} is NDJSON or CSV. */
    byte[] randomFile(String type, String path) {
        if (oneIn(10)) {
            return oneIn(2) ? garbage.randomBytes() : garbage.pickFrom(UNUSUAL_BODIES);
        }
        JsonNode schema = findRowSchema(path);
        StringBuilder rows = new StringBuilder(oneIn(20) ? "\uFEFF" : "");
        if (type.contains("csv")) {
            List<String> names = new ArrayList<>(List.of("sourceId"));
            schema.path("properties").fieldNames().forEachRemaining(names::add);
            if (oneIn(6)) {
                names.add(
                        garbage.pickFrom(List.of("withdraw", "reason", "", "name", "x", "\"", "sourceId", "province")));
            }
            rows.append(String.join(oneIn(20) ? ";" : ",", names)).append(oneIn(2) ? "\r\n" : "\n");
            for (int i = random.nextInt(12); i > 0; i--) {
                List<String> cells = new ArrayList<>();
                names.forEach(name -> cells.add(randomCell(schema, name)));
                rows.append(String.join(",", cells)).append(oneIn(30) ? "\r" : "\n");
            }
        } else {
            for (int i = random.nextInt(12); i > 0; i--) {
                String row = randomObject(schema);
                rows.append(oneIn(8) ? row : "{\"sourceId\":\"F-" + random.nextInt(50) + "\"," + row.substring(1))
                        .append(oneIn(15) ? "\r\n\n" : "\n");
            }
        }
        return corruptSometimes(toBytes(rows.toString()));
    }

    private JsonNode findRowSchema(String path) {
        String[] parts = path.split("/");
        String record = parts.length > 2 ? parts[2].replace("-", "").replaceAll("s$", "") : "";
        for (Map.Entry<String, JsonNode> each :
                document.tree().at("/components/schemas").properties()) {
            if (each.getKey().equalsIgnoreCase(record)) {
                return each.getValue();
            }
        }
        return ApiFuzzVerdict.JSON.createObjectNode();
    }

    private String randomCell(JsonNode schema, String name) {
        if (oneIn(10)) {
            String odd = garbage.pickFrom(UNUSUAL_VALUES);
            return oneIn(2) ? odd : odd.replace("\"", "");
        }
        JsonNode field = schema.path("properties").path(name);
        if (name.equals("sourceId")) {
            return "F-" + random.nextInt(50);
        }
        JsonNode value = randomValue(field, 0);
        return value.isArray() ? value.path(0).asText() : value.asText();
    }

    /** Returns the text of an object that the schema allows, usually with a few faults. */
    private String randomObject(JsonNode schema) {
        JsonNode value = randomValue(schema, 0);
        if (!(value instanceof ObjectNode object)) {
            return value.toString();
        }
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = quote(oneIn(60) ? field.getKey() + "s" : field.getKey());
            if (oneIn(40)) {
                continue;
            }
            fields.add(name + ":" + (oneIn(15) ? garbage.pickFrom(UNUSUAL_VALUES) : field.getValue()));
            if (oneIn(100)) {
                fields.add(name + ":" + garbage.pickFrom(UNUSUAL_VALUES));
            }
        }
        if (oneIn(20)) {
            fields.add(quote(garbage.pickFrom(
                            List.of("x", "", "Name", "province", "version", "名称", "\u0000", "a".repeat(5000))))
                    + ":" + garbage.pickFrom(UNUSUAL_VALUES));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private JsonNode randomValue(JsonNode reference, int depth) {
        JsonNode schema = document.resolveReference(reference);
        if (schema.has("enum")) {
            JsonNode values = schema.path("enum");
            return values.get(random.nextInt(values.size()));
        }
        String type = schema.path("type").isArray()
                ? schema.path("type").path(0).asText()
                : schema.path("type").asText("object");
        if (depth > 4) {
            return ApiFuzzVerdict.JSON.nullNode();
        }
        return switch (type) {
            case "object" -> randomProperties(schema, depth);
            case "array" -> {
                ArrayNode array = ApiFuzzVerdict.JSON.createArrayNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    array.add(randomValue(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer", "number" -> {
                int low = schema.path("minimum").asInt(0);
                yield ApiFuzzVerdict.JSON.getNodeFactory().numberNode(low + random.nextInt(50));
            }
            case "boolean" -> ApiFuzzVerdict.JSON.getNodeFactory().booleanNode(random.nextBoolean());
            default -> ApiFuzzVerdict.JSON.getNodeFactory().textNode(randomText(schema));
        };
    }

    private ObjectNode randomProperties(JsonNode schema, int depth) {
        ObjectNode object = ApiFuzzVerdict.JSON.createObjectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            if (required.contains(field.getKey()) || oneIn(2)) {
                object.set(field.getKey(), randomValue(field.getValue(), depth + 1));
            }
        }
        return object;
    }

    private String randomText(JsonNode schema) {
        if (schema.path("format").asText().equals("date")) {
            return "20%02d-%02d-%02d".formatted(random.nextInt(26), 1 + random.nextInt(12), 1 + random.nextInt(28));
        }
        return switch (schema.path("pattern").asText()) {
            case "^[A-Z]{3}$" -> garbage.pickFrom(List.of("THA", "KEN", "LAO", "PAK"));
            case "^41\\d{8}$" -> "41120" + (10_000 + random.nextInt(90_000));
            case "^\\d{6}$" -> "4603" + (10 + random.nextInt(90));
            default ->
                garbage.pickFrom(List.of("F-" + random.nextInt(50), "泰国鲁班工坊", "x", "Luban's \"Workshop\", Inc."));
        };
    }

    /** Sometimes cuts the body, or changes or doubles a byte. */
    private byte[] corruptSometimes(byte[] body) {
        if (body.length == 0 || !oneIn(12)) {
            return body;
        }
        int at = random.nextInt(body.length);
        return switch (random.nextInt(3)) {
            case 0 -> Arrays.copyOf(body, at);
            case 1 -> {
                byte[] changed = body.clone();
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            default -> {
                ByteArrayOutputStream twice = new ByteArrayOutputStream();
                twice.writeBytes(body);
                twice.write(body, at, body.length - at);
                yield twice.toByteArray();
            }
        };
    }

    private static String quote(String text) {
        try {
            return ApiFuzzVerdict.JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] toBytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
