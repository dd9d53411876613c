package org.voyage.indicators.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a state that some figure needs. */
final class StateReader {

    private static final @Nullable String[] NO_LINKS = {};

    /** By the member that they are read from. */
    private final Map<String, Field> fields = new HashMap<>();

    private final int[] empty;
    private final int links;

    /** Of the state that is read. */
    private int[] values;

    private int @Nullable [][] lists;
    private @Nullable String[] linked;

    StateReader(RecordLayout layout, Dictionaries dictionaries) {
        this.empty = new int[layout.values()];
        this.links = layout.links();
        this.values = empty;
        this.linked = NO_LINKS;
        Arrays.fill(empty, FactState.NONE);
        for (Slot slot : layout.slots()) {
            fields.put(
                    slot.source(),
                    switch (slot.kind()) {
                        case CODE -> {
                            empty[slot.index()] = Dictionary.ABSENT;
                            yield new CodeField(
                                    slot, dictionaries.of(slot.field()), (CodeField) fields.get(slot.source()));
                        }
                        case NUMBER -> (parser, _) -> values[slot.index()] = wholeNumber(parser, slot.source());
                        case DATE -> (parser, _) -> values[slot.index()] = day(parser, slot.source());
                        case LINK -> (parser, _) -> linked[slot.index()] = scalar(parser, slot.source());
                    });
        }
    }

    FactState read(JsonParser parser) throws IOException, UnreadableEvent {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableEvent("the state is not an object", "记录内容不是 JSON 对象");
        }
        values = empty.clone();
        lists = null;
        linked = links == 0 ? NO_LINKS : new @Nullable String[links];
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            Field field = fields.get(name);
            if (field == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                field.read(parser, token);
            }
        }
        return new FactState(values, lists, linked);
    }

    /** Reads a member that some figure needs: an object for each kind, so that none is compiled again where all are called. */
    private interface Field {
        /** @param token the first of the value, which is not null */
        void read(JsonParser parser, JsonToken token) throws IOException, UnreadableEvent;
    }

    private final class CodeField implements Field {
        private final Slot slot;
        private final Dictionary codes;
        /** Another slot that is read from the same member. */
        private final @Nullable CodeField next;

        CodeField(Slot slot, Dictionary codes, @Nullable CodeField next) {
            this.slot = slot;
            this.codes = codes;
            this.next = next;
        }

        @Override
        public void read(JsonParser parser, JsonToken token) throws IOException, UnreadableEvent {
            if (token == JsonToken.START_ARRAY) {
                List<String> texts = elements(parser);
                for (CodeField each = this; each != null; each = each.next) {
                    each.keep(texts);
                }
            } else {
                if (!token.isBoolean()) {
                    requireText(parser, slot.source());
                }
                String text = parser.getText();
                for (CodeField each = this; each != null; each = each.next) {
                    values[each.slot.index()] = each.codes.number(text);
                }
            }
        }

        private List<String> elements(JsonParser parser) throws IOException, UnreadableEvent {
            if (!slot.list()) {
                throw new UnreadableEvent(
                        slot.source() + " is a list; a figure splits by it", slot.source() + " 是列表，而统计须按单个值划分");
            }
            List<String> texts = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                texts.add(slot.member().isEmpty() ? scalar(parser, slot.source()) : member(parser, slot));
            }
            return texts;
        }

        /** Values count once, objects one by one: two partners may be of one country. */
        private void keep(List<String> texts) {
            int[][] more = lists == null ? new int[1][] : Arrays.copyOf(lists, lists.length + 1);
            more[more.length - 1] = (slot.member().isEmpty() ? texts.stream().distinct() : texts.stream())
                    .mapToInt(codes::number)
                    .toArray();
            lists = more;
            values[slot.index()] = -more.length;
        }
    }

    private static String member(JsonParser parser, Slot slot) throws IOException, UnreadableEvent {
        String found = null;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                if (name.equals(slot.member())) {
                    found = scalar(parser, slot.source() + "." + name);
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (found == null) {
            throw new UnreadableEvent(
                    slot.source() + " has an element without " + slot.member(),
                    slot.source() + " 中有元素缺少 " + slot.member());
        }
        return found;
    }

    private static String scalar(JsonParser parser, String name) throws IOException, UnreadableEvent {
        requireText(parser, name);
        return parser.getText();
    }

    private static void requireText(JsonParser parser, String name) throws UnreadableEvent {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableEvent(name + " is not a text", name + " 不是文本");
        }
    }

    static int wholeNumber(JsonParser parser, String name) throws IOException, UnreadableEvent {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT
                || parser.getIntValue() == FactState.NONE) {
            throw new UnreadableEvent(name + " is not a whole number within range", name + " 不是有效范围内的整数");
        }
        return parser.getIntValue();
    }

    private static int day(JsonParser parser, String name) throws IOException, UnreadableEvent {
        requireText(parser, name);
        String text = parser.getText();
        try {
            if (text.length() == 10) {
                return Math.toIntExact(LocalDate.parse(text).toEpochDay());
            }
        } catch (DateTimeException e) {
            throw new UnreadableEvent(
                    name + " is \"" + text + "\", which is not a date", name + " 的值“" + text + "”不是日期");
        }
        throw new UnreadableEvent(name + " is not a date of ten characters", name + " 不是十个字符的日期");
    }
}
