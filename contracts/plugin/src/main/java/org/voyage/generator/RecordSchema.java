package org.voyage.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** JSON schemas of one record: of its event, and of its state in a feed. */
final class RecordSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final String DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    private static final int SOURCE_ID_LENGTH = 120;

    private final RecordFile record;
    private final Path contracts;

    /** @param contracts folder with the lists of codes and the other records */
    RecordSchema(RecordFile record, Path contracts) {
        this.record = record;
        this.contracts = contracts;
    }

    /** Returns the schema of the data of the record's event. */
    String toEventSchema() {
        ObjectNode schema = readTemplate("record-changed.json");
        ObjectNode state = schema.withObject("/$defs/record");
        state.put("type", "object").put("additionalProperties", false);
        ArrayNode required = state.putArray("required");
        ObjectNode properties = JSON.createObjectNode();
        for (RecordField field : record.fields()) {
            properties.set(field.name(), toProperty(field, false));
            if (field.isRequired()) {
                required.add(field.name());
            }
        }
        state.set("properties", properties);
        addConditions(state);
        return print(schema);
    }

    /** Returns the schema of the data of the record's events in feeds. */
    String toFeedSchema() {
        ObjectNode schema = readTemplate("feed-event.json");
        ObjectNode state = schema.withObject("/$defs/state");
        state.put("description", "All visible fields of the record after the change. / 变更后记录的全部可见字段。");
        state.put("type", "object").put("additionalProperties", false);
        ArrayNode required = state.putArray("required");
        ObjectNode properties = state.putObject("properties");
        for (RecordField field : record.fields()) {
            boolean isList = field.type() == RecordField.FieldType.OBJECTS;
            String readers = isList ? "always" : field.readers();
            if (!readers.equals("never")) {
                properties.set(field.name(), toProperty(field, true));
                if (field.isRequired() && readers.equals("always")) {
                    required.add(field.name());
                }
            }
        }
        return print(schema);
    }

    private ObjectNode toProperty(RecordField field, boolean inFeed) {
        ObjectNode property = JSON.createObjectNode();
        property.put("description", describe(field, inFeed));
        switch (field.type()) {
            case TEXT -> addText(property, field, inFeed);
            case CODE -> addCode(property, field);
            case DATE -> property.put("type", "string").put("format", "date").put("pattern", DATE_PATTERN);
            case INTEGER ->
                property.put("type", "integer")
                        .put("minimum", field.number("min"))
                        .put("maximum", field.number("max"));
            case FLAG -> property.put("type", "boolean");
            case TEXTS -> {
                addList(property, field).put("uniqueItems", true);
                addText(property.putObject("items"), field, inFeed);
            }
            case OBJECTS -> addParts(addList(property, field).putObject("items"), field, inFeed);
        }
        return property;
    }

    private static ObjectNode addList(ObjectNode property, RecordField field) {
        return property.put("type", "array").put("minItems", 1).put("maxItems", field.number("items"));
    }

    private void addParts(ObjectNode item, RecordField field, boolean inFeed) {
        item.put("type", "object").put("additionalProperties", false);
        ArrayNode required = item.putArray("required");
        ObjectNode properties = item.putObject("properties");
        for (RecordField part : field.parts()) {
            if (!inFeed || !part.readers().equals("never")) {
                properties.set(part.name(), toProperty(part, inFeed));
            }
            if (!inFeed || part.readers().equals("always")) {
                required.add(part.name());
            }
        }
    }

    private static void addText(ObjectNode schema, RecordField field, boolean inFeed) {
        schema.put("type", "string");
        if (field.isCollege()) {
            schema.put("pattern", "^41[0-9]{8}$");
        } else if (field.isMajor()) {
            schema.put("pattern", "^[0-9]{6}$");
        } else if (inFeed && !field.parent().isEmpty()) {
            schema.put("pattern", "^" + field.parent() + "/[0-9a-v]{24}$");
        } else {
            schema.put("minLength", 1)
                    .put("maxLength", field.parent().isEmpty() ? field.number("max") : SOURCE_ID_LENGTH);
        }
    }

    private void addCode(ObjectNode schema, RecordField field) {
        if (field.isCountry()) {
            schema.put("type", "string").put("pattern", "^[A-Z]{3}$");
        } else {
            field.readCodes(contracts).forEach(schema.putArray("enum")::add);
        }
    }

    private String describe(RecordField field, boolean inFeed) {
        String en = field.explanation("en");
        String zh = field.explanation("zh");
        if (!field.parent().isEmpty() && (inFeed || !field.isDescribed())) {
            RecordFile parent = RecordFile.read(contracts.resolve("records/" + field.parent() + ".yaml"));
            en = (inFeed ? "Name of the %s in this feed" : "Source id of the %s in the same province")
                    .formatted(parent.enInSentence());
            zh = (inFeed ? "%s在本订阅中的对外编号" : "本省报送的%s的记录编号").formatted(parent.zh());
        } else if (field.type() == RecordField.FieldType.TEXT && field.isCollege() && !field.isDescribed()) {
            en = "School code of the ministry: 41, province and serial";
            zh = "院校代码：学校标识码，41、省份代码加序号，共 10 位";
        } else if (field.isCountry()) {
            en += ". ISO 3166-1 alpha-3 code from contracts/reference/countries.csv";
            zh += "。ISO 3166-1 三位字母代码，见 contracts/reference/countries.csv";
        } else if (field.type() == RecordField.FieldType.CODE) {
            String file = "contracts/reference/" + field.codes() + ".csv";
            en = (field.isDescribed() ? en : field.text("en")) + ": a code of " + file;
            zh = (field.isDescribed() ? zh : field.text("zh")) + "，代码见 " + file;
        }
        boolean granted = inFeed
                && field.type() != RecordField.FieldType.OBJECTS
                && field.readers().equals("grant");
        return en
                + (granted ? ". Only with a grant that names it. / " : ". / ")
                + zh
                + (granted ? "。仅在授权列明该字段时提供。" : "。");
    }

    /** Adds the rules on which fields are there together. */
    private void addConditions(ObjectNode state) {
        List<ObjectNode> rules = new ArrayList<>();
        for (JsonNode condition : record.conditions()) {
            if (condition.has("exactlyOne")) {
                ObjectNode holder = state.has("oneOf") ? JSON.createObjectNode() : state;
                ArrayNode alternatives = holder.putArray("oneOf");
                condition
                        .path("exactlyOne")
                        .forEach(field -> alternatives.add(
                                requirement(record.field(field.asText()).name())));
                if (holder != state) {
                    rules.add(holder);
                }
            } else {
                rules.add(toRule(condition));
            }
        }
        if (!rules.isEmpty()) {
            state.putArray("allOf").addAll(rules);
        }
    }

    private ObjectNode toRule(JsonNode condition) {
        Map.Entry<String, JsonNode> when =
                condition.path("when").properties().iterator().next();
        List<String> codes = record.field(when.getKey()).readCodes(contracts);
        when.getValue().forEach(code -> {
            if (!codes.contains(code.asText())) {
                throw record.explainFault("a condition has the unknown code " + code);
            }
        });
        ObjectNode rule = JSON.createObjectNode();
        ObjectNode given = rule.putObject("if");
        given.putArray("required").add(when.getKey());
        ObjectNode value = given.putObject("properties").putObject(when.getKey());
        if (when.getValue().size() == 1) {
            value.set("const", when.getValue().get(0));
        } else {
            value.set("enum", when.getValue());
        }
        boolean required = condition.has("required");
        String field = record.field(
                        condition.path(required ? "required" : "absent").asText())
                .name();
        rule.set("then", required ? requirement(field) : absence(field));
        if (condition.path("otherwise").asText().equals("absent")) {
            rule.set("else", absence(field));
        }
        return rule;
    }

    private static ObjectNode requirement(String field) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("required").add(field);
        return schema;
    }

    private static ObjectNode absence(String field) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putObject("properties").put(field, false);
        return schema;
    }

    private ObjectNode readTemplate(String name) {
        try (InputStream in = Objects.requireNonNull(RecordSchema.class.getResourceAsStream("/" + name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("{record}", record.name())
                    .replace("{service}", record.service())
                    .replace("{feed}", record.feed())
                    .replace("{a.name.en}", record.enWithArticle())
                    .replace("{name.en}", record.en())
                    .replace("{name.zh}", record.zh());
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static String print(JsonNode schema) {
        Separators separators =
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentArraysWith(INDENTER);
        printer.indentObjectsWith(INDENTER);
        try {
            return JSON.writer(printer).writeValueAsString(schema) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
