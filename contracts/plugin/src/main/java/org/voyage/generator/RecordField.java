package org.voyage.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Field of a record, or part of an object in one, as {@code contracts/records} declares it. */
final class RecordField {

    /** Kind of the value. */
    enum FieldType {
        TEXT,
        CODE,
        DATE,
        INTEGER,
        FLAG,
        TEXTS,
        OBJECTS
    }

    private final JsonNode field;
    private final RecordFile record;

    RecordField(JsonNode field, RecordFile record) {
        this.field = field;
        this.record = record;
    }

    /** Returns an error that names the file and the field. */
    IllegalArgumentException explainFault(String lack) {
        return record.explainFault(name() + " " + lack);
    }

    String text(String name) {
        return field.path(name).asText("");
    }

    String name() {
        return text("name");
    }

    FieldType type() {
        return switch (text("type")) {
            case "text" -> FieldType.TEXT;
            case "code" -> FieldType.CODE;
            case "date" -> FieldType.DATE;
            case "integer" -> FieldType.INTEGER;
            case "flag" -> FieldType.FLAG;
            case "texts" -> FieldType.TEXTS;
            case "objects" -> FieldType.OBJECTS;
            default -> throw explainFault("has the unknown type " + text("type"));
        };
    }

    /** Returns whether the field is always there. A part of an object always is. */
    boolean isRequired() {
        return field.path("required").asBoolean(true);
    }

    boolean isPersonal() {
        return field.path("personal").asBoolean();
    }

    /** Returns whether the number is a calendar year. */
    boolean isYear() {
        return name().equals(record.day()) && type() == FieldType.INTEGER;
    }

    boolean isCollege() {
        return field.path("colleges").asBoolean();
    }

    boolean isMajor() {
        return field.path("majors").asBoolean();
    }

    /** Returns whether the value is a country's code of three letters. */
    boolean isCountry() {
        return codes().equals("countries");
    }

    /** Returns the name of the list of codes; empty if the field has none. */
    String codes() {
        return text("codes");
    }

    /** Returns the codes of the field's list, in the order of the list. */
    List<String> readCodes(Path contracts) {
        Path list = contracts.resolve("reference/" + codes() + ".csv");
        try {
            List<String> rows = Files.readAllLines(list);
            int column = List.of(rows.getFirst().split(",", -1)).indexOf("code");
            return rows.stream()
                    .skip(1)
                    .filter(row -> !row.isBlank())
                    .map(row -> row.split(",", -1)[column])
                    .toList();
        } catch (IOException e) {
            IllegalArgumentException fault = explainFault("needs the list " + list);
            fault.initCause(e);
            throw fault;
        }
    }

    /** Returns the record whose key the field has; empty if it has none. */
    String parent() {
        return text("parent");
    }

    /** Returns a bound of the field. @throws IllegalArgumentException if the file does not give it */
    int number(String name) {
        if (!field.path(name).isInt()) {
            throw explainFault("needs the whole number " + name);
        }
        return field.path(name).intValue();
    }

    List<RecordField> parts() {
        return field.path("parts")
                .valueStream()
                .map(part -> new RecordField(part, record))
                .toList();
    }

    /** Returns who outside may see the field: always, grant or never. */
    String readers() {
        String readers = text("readers");
        if (!List.of("always", "grant", "never").contains(readers)) {
            throw explainFault("needs readers: always, grant or never");
        }
        return readers;
    }

    /** Returns the text for a reader of the schema: that of {@code describe}, or the explanation for a sender. */
    String explanation(String language) {
        return field.path(field.has("describe") ? "describe" : "explain")
                .path(language)
                .asText();
    }

    boolean isDescribed() {
        return field.has("describe");
    }
}
