package org.voyage.kit.record.apidoc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.voyage.kit.apidoc.ContractFiles;

/**
 * Contract of one record: its parts of {@code contracts/}.
 *
 * @param name in the singular, as in topics: {@code overseas-school}
 * @param schema of the record itself, with the descriptions of {@code contracts/records} where they exist
 * @param created a {@code created} event of the record, as an example
 * @param withdrawn a {@code withdrawn} event of the record
 * @param personal fields that the service stores separately: in the request's body, in no response and no event
 */
record RecordContract(String name, ObjectNode schema, JsonNode created, JsonNode withdrawn, List<JsonNode> personal) {

    /** Returns the contracts of the service that is being built. */
    static List<RecordContract> loadAll() {
        return ContractFiles.listRecordNames().stream()
                .flatMap(record -> find(record).stream())
                .toList();
    }

    static Optional<RecordContract> find(String record) {
        return ContractFiles.find(ContractFiles.nameOfEventSchema(record)).map(event -> {
            var words =
                    ContractFiles.find("contracts/records/" + record + ".yaml").orElse(MissingNode.getInstance());
            ObjectNode schema = event.path("$defs").path("record").deepCopy();
            schema.path("properties").forEach(RecordContract::addStringType);
            words.path("fields").forEach(field -> addDescription(schema, field));
            return new RecordContract(
                    record,
                    schema,
                    example(record, "created"),
                    example(record, "withdrawn"),
                    StreamSupport.stream(words.path("fields").spliterator(), false)
                            .filter(field -> field.path("personal").asBoolean())
                            .toList());
        });
    }

    private static JsonNode example(String record, String change) {
        return ContractFiles.find("contracts/events/examples/" + record + "." + change + ".json")
                .orElseThrow(() ->
                        new IllegalStateException("an example is missing in contracts: " + record + "." + change));
    }

    /** Adds type string to a property with codes: JSON Schema does not require it, client generators need it. */
    private static void addStringType(JsonNode property) {
        if (property instanceof ObjectNode object && object.has("enum") && !object.has("type")) {
            object.put("type", "string");
        }
    }

    private static void addDescription(ObjectNode schema, JsonNode field) {
        if (schema.path("properties").path(field.path("name").asText()) instanceof ObjectNode property) {
            property.put(
                    "title",
                    field.path("en").asText() + " / " + field.path("zh").asText());
            property.put("description", explanationOf(field));
        }
    }

    static String explanationOf(JsonNode field) {
        var explain = field.path("explain");
        return explain.path("en").asText() + " / " + explain.path("zh").asText();
    }

    /** Returns the path, {@code /v1/overseas-schools}. The path of a year close is below the year. */
    String path() {
        return isYearClose() ? "/v1/years" : "/v1/" + name + "s";
    }

    /** Returns whether this is the close of a year. A year without a submission is open and has no version. */
    boolean isYearClose() {
        return name.equals("year-close");
    }

    /** Returns the schema name, {@code OverseasSchool}. */
    String schemaName() {
        return Arrays.stream(name.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** Returns the schema of the body of a PUT: the record with its personal fields. */
    ObjectNode requestSchema() {
        ObjectNode sent = schema.deepCopy();
        for (JsonNode field : personal) {
            ObjectNode property = ((ObjectNode) sent.path("properties"))
                    .putObject(field.path("name").asText());
            property.put("type", "string");
            property.put(
                    "title",
                    field.path("en").asText() + " / " + field.path("zh").asText());
            property.put("description", explanationOf(field));
            if (field.path("type").asText().equals("date")) {
                property.put("format", "date");
            }
        }
        return sent;
    }

    ObjectNode requestExample() {
        ObjectNode example = created.path("after").deepCopy();
        personal.forEach(field -> example.set(field.path("name").asText(), field.path("example")));
        return example;
    }

    /** Returns a row of a file: the record with its key. */
    ObjectNode rowExample() {
        ObjectNode row = ContractFiles.JSON.createObjectNode();
        row.set("sourceId", created.path("sourceId"));
        row.setAll(requestExample());
        return row;
    }

    /** Returns the example row as a CSV file with a heading. */
    String csvExample() {
        var names = new ArrayList<String>();
        var cells = new ArrayList<String>();
        rowExample().properties().forEach(field -> {
            names.add(field.getKey());
            cells.add(toCell(field.getValue()));
        });
        return String.join(",", names) + "\n" + String.join(",", cells) + "\n";
    }

    private static String toCell(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(RecordContract::toCell)
                    .collect(Collectors.joining("|"));
        }
        if (value.isObject()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(":"));
        }
        var text = value.asText();
        return text.matches("(?s).*[,\"\\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    /** Returns the response for a record that was moved to another key. */
    ObjectNode movedExample() {
        ObjectNode moved = versionExample(withdrawn);
        moved.put("movedTo", withdrawn.path("sourceId").asText() + "-A");
        return moved;
    }

    /** Returns the response for a record: the state in an event, in its envelope. */
    static ObjectNode versionExample(JsonNode event) {
        ObjectNode version = ContractFiles.JSON.createObjectNode();
        for (String field : List.of("province", "sourceId", "version", "recordedAt")) {
            version.set(field, event.path(field));
        }
        ObjectNode cause = event.path("cause").deepCopy();
        cause.remove("reason");
        version.set("cause", cause);
        boolean withdrawn = event.path("after").isNull();
        version.put("withdrawn", withdrawn);
        version.set("reason", event.path("cause").path("reason"));
        version.set("fields", event.path(withdrawn ? "before" : "after"));
        return version;
    }
}
