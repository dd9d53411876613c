package org.voyage.indicators.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a field of a record holds, and where in a definition such a field can stand. */
enum FieldKind {
    /** A code or another text, yes or no. */
    TEXT(
            new Text("文本", "a text"),
            new Text(
                    "dimensions、where、except 或去重计数的 measure.of",
                    "dimensions, where, except or measure.of of a distinct count")),
    NUMBER(
            new Text("整数", "a whole number"),
            new Text("numbers、求和的 measure.of 或 period.year", "numbers, in measure.of of a sum or in period.year")),
    DATE(new Text("日期", "a date"), new Text("period，或成对用于 numbers", "period or as one of two in numbers")),
    TEXTS(
            new Text("文本列表", "a list of texts"),
            new Text("each 或去重计数的 measure.of", "each or in measure.of of a distinct count")),
    OBJECTS(new Text("对象列表", "a list of objects"), new Text("each，并须给出其成员", "each, with one of its members"));

    private final Text content;
    private final Text place;

    FieldKind(Text content, Text place) {
        this.content = content;
        this.place = place;
    }

    /**
     * Empty for what no figure can read.
     *
     * @param schema of the field, in the contract of the events
     */
    static Optional<FieldKind> of(JsonNode schema) {
        if (schema.has("enum")) {
            return Optional.of(TEXT);
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> Optional.of(TEXT);
            case "integer" -> Optional.of(NUMBER);
            case "string" -> Optional.of(schema.path("format").asText().equals("date") ? DATE : TEXT);
            case "array" -> Optional.of(schema.at("/items/type").asText().equals("object") ? OBJECTS : TEXTS);
            default -> Optional.empty();
        };
    }

    /** What it holds, in words. */
    Text content() {
        return content;
    }

    /** Where it is right. */
    Text place() {
        return place;
    }
}
