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

/** Bodies that a schema allows or nearly allows, files of them, and bytes that are neither. */
final class ApiFuzzBodies {
    /** As they stand in a JSON text. */
    private static final List<String> ODD = List.of(
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

    private static final List<byte[]> WHOLE = List.of(
            bytes(""),
            bytes(" "),
            bytes("null"),
            bytes("[]"),
            bytes("{}"),
            bytes("\"x\""),
            bytes("1"),
            bytes("{"),
            bytes("}"),
            bytes("{}{}"),
            bytes("{} x"),
            bytes("{\"a\":}"),
            bytes("{,}"),
            bytes("[".repeat(5000)),
            bytes("{\"a\":".repeat(3000)),
            bytes("{\"a\":".repeat(900) + "1" + "}".repeat(900)),
            bytes("{a:1}"),
            bytes("{'a':1}"),
            bytes("{\"a\":1,}"),
            bytes("/* */{}"),
            bytes("\uFEFF{}"),
            bytes("\uFEFF\uFEFF{}"),
            new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, '}', 0},
            new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"', ':', '1', '}'},
            new byte[] {0, '{', 0, '}'},
            new byte[] {0},
            new byte[] {(byte) 0x1F, (byte) 0x8B, 8, 0, 0},
            bytes("<xml/>"),
            bytes("a=b&c=d"),
            bytes("{\"\":1}"),
            bytes("{\"__proto__\":{}}"));

    private final ApiFuzzDocument document;
    private final Random random;
    private final ApiFuzzGarbage garbage;

    ApiFuzzBodies(ApiFuzzDocument document, Random random, ApiFuzzGarbage garbage) {
        this.document = document;
        this.random = random;
        this.garbage = garbage;
    }

    JsonNode schema(JsonNode node) {
        return document.resolved(node);
    }

    private boolean now(int times) {
        return random.nextInt(times) == 0;
    }

    /** One JSON body. */
    byte[] json(JsonNode schema) {
        if (now(8)) {
            return garbage.pick(WHOLE);
        }
        if (now(120)) {
            return bytes("{\"name\":\"" + "大".repeat(700_000) + "\"}");
        }
        return broken(bytes(object(schema)));
    }

    /** Many rows of the record whose schema fits the path best; {@code type} is NDJSON or CSV. */
    byte[] file(String type, String path) {
        if (now(10)) {
            return now(2) ? garbage.bytes() : garbage.pick(WHOLE);
        }
        JsonNode schema = rowSchema(path);
        StringBuilder rows = new StringBuilder(now(20) ? "\uFEFF" : "");
        if (type.contains("csv")) {
            List<String> names = new ArrayList<>(List.of("sourceId"));
            schema.path("properties").fieldNames().forEachRemaining(names::add);
            if (now(6)) {
                names.add(garbage.pick(List.of("withdraw", "reason", "", "name", "x", "\"", "sourceId", "province")));
            }
            rows.append(String.join(now(20) ? ";" : ",", names)).append(now(2) ? "\r\n" : "\n");
            for (int i = random.nextInt(12); i > 0; i--) {
                List<String> cells = new ArrayList<>();
                names.forEach(name -> cells.add(cell(schema, name)));
                rows.append(String.join(",", cells)).append(now(30) ? "\r" : "\n");
            }
        } else {
            for (int i = random.nextInt(12); i > 0; i--) {
                String row = object(schema);
                rows.append(now(8) ? row : "{\"sourceId\":\"F-" + random.nextInt(50) + "\"," + row.substring(1))
                        .append(now(15) ? "\r\n\n" : "\n");
            }
        }
        return broken(bytes(rows.toString()));
    }

    private JsonNode rowSchema(String path) {
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

    private String cell(JsonNode schema, String name) {
        if (now(10)) {
            String odd = garbage.pick(ODD);
            return now(2) ? odd : odd.replace("\"", "");
        }
        JsonNode field = schema.path("properties").path(name);
        if (name.equals("sourceId")) {
            return "F-" + random.nextInt(50);
        }
        JsonNode value = value(field, 0);
        return value.isArray() ? value.path(0).asText() : value.asText();
    }

    /** The text of an object that the schema allows, usually spoiled in a field or two. */
    private String object(JsonNode schema) {
        JsonNode value = value(schema, 0);
        if (!(value instanceof ObjectNode object)) {
            return value.toString();
        }
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = quoted(now(60) ? field.getKey() + "s" : field.getKey());
            if (now(40)) {
                continue;
            }
            fields.add(name + ":" + (now(15) ? garbage.pick(ODD) : field.getValue()));
            if (now(100)) {
                fields.add(name + ":" + garbage.pick(ODD));
            }
        }
        if (now(20)) {
            fields.add(quoted(garbage.pick(
                            List.of("x", "", "Name", "province", "version", "名称", "\u0000", "a".repeat(5000))))
                    + ":" + garbage.pick(ODD));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private JsonNode value(JsonNode reference, int depth) {
        JsonNode schema = document.resolved(reference);
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
            case "object" -> properties(schema, depth);
            case "array" -> {
                ArrayNode array = ApiFuzzVerdict.JSON.createArrayNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    array.add(value(schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "integer", "number" -> {
                int low = schema.path("minimum").asInt(0);
                yield ApiFuzzVerdict.JSON.getNodeFactory().numberNode(low + random.nextInt(50));
            }
            case "boolean" -> ApiFuzzVerdict.JSON.getNodeFactory().booleanNode(random.nextBoolean());
            default -> ApiFuzzVerdict.JSON.getNodeFactory().textNode(text(schema));
        };
    }

    private ObjectNode properties(JsonNode schema, int depth) {
        ObjectNode object = ApiFuzzVerdict.JSON.createObjectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
            if (required.contains(field.getKey()) || now(2)) {
                object.set(field.getKey(), value(field.getValue(), depth + 1));
            }
        }
        return object;
    }

    private String text(JsonNode schema) {
        if (schema.path("format").asText().equals("date")) {
            return "20%02d-%02d-%02d".formatted(random.nextInt(26), 1 + random.nextInt(12), 1 + random.nextInt(28));
        }
        return switch (schema.path("pattern").asText()) {
            case "^[A-Z]{3}$" -> garbage.pick(List.of("THA", "KEN", "LAO", "PAK"));
            case "^41\\d{8}$" -> "41120" + (10_000 + random.nextInt(90_000));
            case "^\\d{6}$" -> "4603" + (10 + random.nextInt(90));
            default -> garbage.pick(List.of("F-" + random.nextInt(50), "泰国鲁班工坊", "x", "Luban's \"Workshop\", Inc."));
        };
    }

    /** Now and then cut off, or with a byte changed or doubled. */
    private byte[] broken(byte[] body) {
        if (body.length == 0 || !now(12)) {
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

    private static String quoted(String text) {
        try {
            return ApiFuzzVerdict.JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
