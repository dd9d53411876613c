package org.voyage.indicators.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Kind of a record field: its content, and the places in a definition that accept it. */
enum FieldKind {
    /** A code or other text, or a boolean. */
    TEXT(
            new LocalizedText("文本", "a text"),
            new LocalizedText(
                    "dimensions、where、except 或去重计数的 measure.of",
                    "dimensions, where, except or measure.of of a distinct count")),
    NUMBER(
            new LocalizedText("整数", "a whole number"),
            new LocalizedText(
                    "numbers、求和的 measure.of 或 period.year", "numbers, in measure.of of a sum or in period.year")),
    DATE(
            new LocalizedText("日期", "a date"),
            new LocalizedText("period，或成对用于 numbers", "period or as one of two in numbers")),
    TEXTS(
            new LocalizedText("文本列表", "a list of texts"),
            new LocalizedText("each 或去重计数的 measure.of", "each or in measure.of of a distinct count")),
    OBJECTS(
            new LocalizedText("对象列表", "a list of objects"),
            new LocalizedText("each，并须给出其成员", "each, with one of its members"));

    private final LocalizedText content;
    private final LocalizedText place;

    FieldKind(LocalizedText content, LocalizedText place) {
        this.content = content;
        this.place = place;
    }

    /**
     * Returns the kind of a field; empty for a field that figures cannot use.
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

    /** Returns the content of the field, in words. */
    LocalizedText content() {
        return content;
    }

    /** Returns the place in a definition that accepts the field. */
    LocalizedText place() {
        return place;
    }
}
