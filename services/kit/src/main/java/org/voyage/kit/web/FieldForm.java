package org.voyage.kit.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the values of fields are written. Null is what is not of the kind that is asked for. */
sealed interface FieldForm {

    boolean absent(JsonNode value);

    @Nullable
    String text(JsonNode value);

    /** A text that has a form of its own, such as a code of digits, as it is meant. */
    String narrow(String text);

    @Nullable
    LocalDate date(String text);

    boolean isInteger(JsonNode value);

    @Nullable
    Long integer(JsonNode value);

    @Nullable
    Boolean flag(JsonNode value);

    /** How true and false are written. */
    String flags();

    String flagsZh();

    /** The code that a text names which is none itself. */
    @Nullable
    String code(String name, String text);

    /** What codes are called; empty where they are written as codes only. */
    List<CodeNames.Named> offered(String name);

    /** The code that may have been meant by a text which names none. */
    CodeNames.@Nullable Named nearest(String name, String text);

    @Nullable
    List<JsonNode> items(JsonNode value);

    /** @param fields of the object, in the order in which a cell gives them */
    @Nullable
    ObjectNode object(JsonNode item, List<String> fields);

    /** The form of the fields of an object within this one. */
    FieldForm inside(String name);

    /** Typed values. */
    record Json() implements FieldForm {
        @Override
        public boolean absent(JsonNode value) {
            return value.isNull();
        }

        @Override
        public @Nullable String text(JsonNode value) {
            return value.isTextual() ? value.textValue() : null;
        }

        @Override
        public String narrow(String text) {
            return text;
        }

        @Override
        public @Nullable LocalDate date(String text) {
            return Texts.date(text);
        }

        @Override
        public boolean isInteger(JsonNode value) {
            return value.isIntegralNumber();
        }

        @Override
        public @Nullable Long integer(JsonNode value) {
            return value.canConvertToLong() ? value.longValue() : null;
        }

        @Override
        public @Nullable Boolean flag(JsonNode value) {
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
        public @Nullable String code(String name, String text) {
            return null;
        }

        @Override
        public List<CodeNames.Named> offered(String name) {
            return List.of();
        }

        @Override
        public CodeNames.@Nullable Named nearest(String name, String text) {
            return null;
        }

        @Override
        public @Nullable List<JsonNode> items(JsonNode value) {
            if (!value.isArray()) {
                return null;
            }
            List<JsonNode> items = new ArrayList<>(value.size());
            value.elements().forEachRemaining(items::add);
            return items;
        }

        @Override
        public @Nullable ObjectNode object(JsonNode item, List<String> fields) {
            return item instanceof ObjectNode object ? object : null;
        }

        @Override
        public FieldForm inside(String name) {
            return this;
        }
    }

    /**
     * Texts, as people write them into the cells of a table.
     *
     * @param names what codes are called
     * @param path of the object that the fields are in, as the names know it
     */
    record Cell(CodeNames names, String path) implements FieldForm {
        @Override
        public boolean absent(JsonNode value) {
            return value.isNull()
                    || value.isTextual() && CellText.strip(value.textValue()).isEmpty();
        }

        @Override
        public @Nullable String text(JsonNode value) {
            return value.isTextual() ? CellText.strip(value.textValue()) : null;
        }

        @Override
        public String narrow(String text) {
            return CellText.narrow(text);
        }

        @Override
        public @Nullable LocalDate date(String text) {
            return CellText.date(text);
        }

        @Override
        public boolean isInteger(JsonNode value) {
            return value.isTextual();
        }

        @Override
        public @Nullable Long integer(JsonNode value) {
            return CellText.integer(CellText.strip(value.textValue()));
        }

        @Override
        public @Nullable Boolean flag(JsonNode value) {
            return value.isTextual() ? CellText.flag(value.textValue()) : null;
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
        public @Nullable String code(String name, String text) {
            return names.code(path + name, text);
        }

        @Override
        public List<CodeNames.Named> offered(String name) {
            return names.offered(path + name);
        }

        @Override
        public CodeNames.@Nullable Named nearest(String name, String text) {
            return names.nearest(path + name, text);
        }

        @Override
        public @Nullable List<JsonNode> items(JsonNode value) {
            return value.isTextual() ? Cells.items(value.textValue()) : null;
        }

        @Override
        public @Nullable ObjectNode object(JsonNode item, List<String> fields) {
            return item.isTextual() ? Cells.object(item.textValue(), fields) : null;
        }

        @Override
        public FieldForm inside(String name) {
            return new Cell(names, name + "/");
        }
    }
}
