package org.voyage.kit.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the values of fields are written. Null is what is not of the kind that is asked for. */
sealed interface FieldSyntax {

    boolean isAbsent(JsonNode value);

    @Nullable
    String toText(JsonNode value);

    /** A text that has a form of its own, such as a code of digits, as it is meant. */
    String toNarrow(String text);

    @Nullable
    LocalDate toDate(String text);

    boolean isInteger(JsonNode value);

    @Nullable
    Long toInteger(JsonNode value);

    @Nullable
    Boolean toFlag(JsonNode value);

    /** How true and false are written. */
    String flags();

    String flagsZh();

    /** The code that a text names which is none itself. */
    @Nullable
    String findCode(String name, String text);

    /** What codes are called; empty where they are written as codes only. */
    List<CodeNames.NamedCode> offeredCodes(String name);

    /** The code that may have been meant by a text which names none. */
    CodeNames.@Nullable NamedCode findNearest(String name, String text);

    @Nullable
    List<JsonNode> toItems(JsonNode value);

    /** @param fields of the object, in the order in which a cell gives them */
    @Nullable
    ObjectNode toObject(JsonNode item, List<String> fields);

    /** The form of the fields of an object within this one. */
    FieldSyntax formInside(String name);

    /** Typed values. */
    record JsonFieldSyntax() implements FieldSyntax {
        @Override
        public boolean isAbsent(JsonNode value) {
            return value.isNull();
        }

        @Override
        public @Nullable String toText(JsonNode value) {
            return value.isTextual() ? value.textValue() : null;
        }

        @Override
        public String toNarrow(String text) {
            return text;
        }

        @Override
        public @Nullable LocalDate toDate(String text) {
            return StrictTextParser.parseDate(text);
        }

        @Override
        public boolean isInteger(JsonNode value) {
            return value.isIntegralNumber();
        }

        @Override
        public @Nullable Long toInteger(JsonNode value) {
            return value.canConvertToLong() ? value.longValue() : null;
        }

        @Override
        public @Nullable Boolean toFlag(JsonNode value) {
            return value.isBoolean() ? value.booleanValue() : null;
        }

        @Override
        public String flags() {
            return "true or false";
        }

        @Override
        public String flagsZh() {
            return "true 或 false";
        }

        @Override
        public @Nullable String findCode(String name, String text) {
            return null;
        }

        @Override
        public List<CodeNames.NamedCode> offeredCodes(String name) {
            return List.of();
        }

        @Override
        public CodeNames.@Nullable NamedCode findNearest(String name, String text) {
            return null;
        }

        @Override
        public @Nullable List<JsonNode> toItems(JsonNode value) {
            if (!value.isArray()) {
                return null;
            }
            List<JsonNode> items = new ArrayList<>(value.size());
            value.elements().forEachRemaining(items::add);
            return items;
        }

        @Override
        public @Nullable ObjectNode toObject(JsonNode item, List<String> fields) {
            return item instanceof ObjectNode object ? object : null;
        }

        @Override
        public FieldSyntax formInside(String name) {
            return this;
        }
    }

    /**
     * Texts, as people write them into the cells of a table.
     *
     * @param names what codes are called
     * @param path of the object that the fields are in, as the names know it
     */
    record CellFieldSyntax(CodeNames names, String path) implements FieldSyntax {
        @Override
        public boolean isAbsent(JsonNode value) {
            return value.isNull()
                    || value.isTextual()
                            && CellTextParser.strip(value.textValue()).isEmpty();
        }

        @Override
        public @Nullable String toText(JsonNode value) {
            return value.isTextual() ? CellTextParser.strip(value.textValue()) : null;
        }

        @Override
        public String toNarrow(String text) {
            return CellTextParser.toNarrow(text);
        }

        @Override
        public @Nullable LocalDate toDate(String text) {
            return CellTextParser.parseDate(text);
        }

        @Override
        public boolean isInteger(JsonNode value) {
            return value.isTextual();
        }

        @Override
        public @Nullable Long toInteger(JsonNode value) {
            return CellTextParser.parseInteger(CellTextParser.strip(value.textValue()));
        }

        @Override
        public @Nullable Boolean toFlag(JsonNode value) {
            return value.isTextual() ? CellTextParser.parseFlag(value.textValue()) : null;
        }

        @Override
        public String flags() {
            return "是 (yes) or 否 (no)";
        }

        @Override
        public String flagsZh() {
            return "“是”或“否”";
        }

        @Override
        public @Nullable String findCode(String name, String text) {
            return names.findCode(path + name, text);
        }

        @Override
        public List<CodeNames.NamedCode> offeredCodes(String name) {
            return names.offeredCodes(path + name);
        }

        @Override
        public CodeNames.@Nullable NamedCode findNearest(String name, String text) {
            return names.findNearest(path + name, text);
        }

        @Override
        public @Nullable List<JsonNode> toItems(JsonNode value) {
            return value.isTextual() ? CellItems.splitItems(value.textValue()) : null;
        }

        @Override
        public @Nullable ObjectNode toObject(JsonNode item, List<String> fields) {
            return item.isTextual() ? CellItems.parseObject(item.textValue(), fields) : null;
        }

        @Override
        public FieldSyntax formInside(String name) {
            return new CellFieldSyntax(names, name + "/");
        }
    }
}
