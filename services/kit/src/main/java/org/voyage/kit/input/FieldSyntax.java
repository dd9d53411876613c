package org.voyage.kit.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Syntax of field values: JSON or cells. Methods return null for a value of another kind. */
sealed interface FieldSyntax {

    boolean isAbsent(JsonNode value);

    @Nullable
    String toText(JsonNode value);

    /** Returns a text with a pattern, such as a code of digits, in narrow characters. */
    String toNarrow(String text);

    @Nullable
    LocalDate toDate(String text);

    boolean isInteger(JsonNode value);

    @Nullable
    Long toInteger(JsonNode value);

    @Nullable
    Long toYear(JsonNode value);

    @Nullable
    Boolean toFlag(JsonNode value);

    /** Returns the texts for true and false. */
    String flags();

    String flagsZh();

    /** Returns the code whose name is the text. */
    @Nullable
    String findCode(String name, String text);

    /** Returns the code that the text means by another name than that of its list. */
    CodeNames.@Nullable NamedCode findByOtherName(String name, String text);

    /** Returns the codes that an unknown text may mean. */
    List<CodeNames.NamedCode> findCandidates(String name, String text);

    /** Returns the names of codes; empty if the syntax has codes only. */
    List<CodeNames.NamedCode> offeredCodes(String name);

    @Nullable
    List<JsonNode> toItems(JsonNode value);

    /**
     * Returns the object of an item.
     *
     * @param name field that has the objects
     * @param fields fields of the object, in the order in which a cell gives them
     */
    @Nullable
    ObjectNode toObject(String name, JsonNode item, List<String> fields);

    /** Returns whether objects are written into one cell, so that a part may be missing from a filled cell. */
    boolean hasObjectsInCells();

    /** Returns the syntax of the fields of an object within this one. */
    FieldSyntax formInside(String name);

    /** Syntax of JSON: typed values. */
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
        public @Nullable Long toYear(JsonNode value) {
            return toInteger(value);
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
        public CodeNames.@Nullable NamedCode findByOtherName(String name, String text) {
            return null;
        }

        @Override
        public List<CodeNames.NamedCode> findCandidates(String name, String text) {
            return List.of();
        }

        @Override
        public List<CodeNames.NamedCode> offeredCodes(String name) {
            return List.of();
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
        public @Nullable ObjectNode toObject(String name, JsonNode item, List<String> fields) {
            return item instanceof ObjectNode object ? object : null;
        }

        @Override
        public boolean hasObjectsInCells() {
            return false;
        }

        @Override
        public FieldSyntax formInside(String name) {
            return this;
        }
    }

    /**
     * Syntax of the cells of a table: texts, as people write them.
     *
     * @param names names of codes
     * @param path path of the object that has the fields, in the form of the names
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
        public @Nullable Long toYear(JsonNode value) {
            Integer year = CellTextParser.parseWholeYear(value.textValue());
            return year == null ? toInteger(value) : Long.valueOf(year);
        }

        @Override
        public @Nullable Boolean toFlag(JsonNode value) {
            return value.isTextual() ? CellTextParser.parseFlag(value.textValue()) : null;
        }

        @Override
        public String flags() {
            return "yes or no";
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
        public CodeNames.@Nullable NamedCode findByOtherName(String name, String text) {
            return names.findByOtherName(path + name, text);
        }

        @Override
        public List<CodeNames.NamedCode> findCandidates(String name, String text) {
            return names.findCandidates(path + name, text);
        }

        @Override
        public List<CodeNames.NamedCode> offeredCodes(String name) {
            return names.offeredCodes(path + name);
        }

        @Override
        public @Nullable List<JsonNode> toItems(JsonNode value) {
            return value.isTextual() ? CellItems.splitItems(value.textValue()) : null;
        }

        @Override
        public @Nullable ObjectNode toObject(String name, JsonNode item, List<String> fields) {
            return item.isTextual()
                    ? CellItems.parseObject(
                            item.textValue(), fields, last -> isCode(name + "/" + fields.getLast(), last))
                    : null;
        }

        private boolean isCode(String field, String text) {
            return names.findCode(field, text) != null || names.findByOtherName(field, text) != null;
        }

        @Override
        public boolean hasObjectsInCells() {
            return true;
        }

        @Override
        public FieldSyntax formInside(String name) {
            return new CellFieldSyntax(names, name + "/");
        }
    }
}
