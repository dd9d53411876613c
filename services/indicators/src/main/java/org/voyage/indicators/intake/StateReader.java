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

    private final Map<String, Field> fields = new HashMap<>();
    private final int[] empty;
    private final int links;
    /** Days that were read before: records share them. */
    private final KnownTexts days = new KnownTexts();

    /**
     * @param known codes of this field that were read before
     * @param next another slot that is read from the same member
     */
    private record Field(
            Slot slot,
            @Nullable Dictionary dictionary,
            KnownTexts known,
            @Nullable Field next) {
        Dictionary codes() {
            if (dictionary == null) {
                throw new IllegalStateException(slot.field() + " is no code");
            }
            return dictionary;
        }
    }

    StateReader(RecordLayout layout, Dictionaries dictionaries) {
        this.empty = new int[layout.values()];
        this.links = layout.links();
        Arrays.fill(empty, FactState.NONE);
        for (Slot slot : layout.slots()) {
            boolean code = slot.kind() == Slot.Kind.CODE;
            fields.put(
                    slot.source(),
                    new Field(
                            slot,
                            code ? dictionaries.of(slot.field()) : null,
                            new KnownTexts(),
                            fields.get(slot.source())));
            if (code) {
                empty[slot.index()] = Dictionary.ABSENT;
            }
        }
    }

    FactState read(JsonParser parser) throws IOException, UnreadableEvent {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableEvent("the state is not an object", "记录内容不是 JSON 对象");
        }
        int[] values = empty.clone();
        @Nullable String[] linked = links == 0 ? NO_LINKS : new @Nullable String[links];
        int @Nullable [][] lists = null;
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            Field field = fields.get(name);
            if (field == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                Slot slot = field.slot();
                switch (slot.kind()) {
                    case CODE -> {
                        if (token == JsonToken.START_ARRAY) {
                            List<String> texts = elements(parser, field);
                            for (Field each = field; each != null; each = each.next()) {
                                lists = add(lists, codes(texts, each));
                                values[each.slot().index()] = -lists.length;
                            }
                        } else {
                            if (!token.isBoolean()) {
                                requireText(parser, name);
                            }
                            for (Field each = field; each != null; each = each.next()) {
                                values[each.slot().index()] = code(parser, each);
                            }
                        }
                    }
                    case NUMBER -> values[slot.index()] = wholeNumber(parser, name);
                    case DATE -> values[slot.index()] = day(parser, name);
                    case LINK -> linked[slot.index()] = scalar(parser, name);
                }
            }
        }
        return new FactState(values, lists, linked);
    }

    private static int[][] add(int @Nullable [][] lists, int[] list) {
        int[][] more = lists == null ? new int[1][] : Arrays.copyOf(lists, lists.length + 1);
        more[more.length - 1] = list;
        return more;
    }

    private static List<String> elements(JsonParser parser, Field field) throws IOException, UnreadableEvent {
        Slot slot = field.slot();
        if (!slot.list()) {
            throw new UnreadableEvent(
                    slot.source() + " is a list; a figure splits by it", slot.source() + " 是列表，而统计须按单个值划分");
        }
        List<String> texts = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.NOT_AVAILABLE) {
                throw new UnreadableEvent(slot.source() + " ends too early", slot.source() + " 不完整");
            }
            texts.add(slot.member().isEmpty() ? scalar(parser, slot.source()) : member(parser, slot));
        }
        return texts;
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

    /** Values count once, objects one by one: two partners may be of one country. */
    private static int[] codes(List<String> texts, Field field) {
        return (field.slot().member().isEmpty() ? texts.stream().distinct() : texts.stream())
                .mapToInt(text -> field.codes().number(text))
                .toArray();
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

    private static int code(JsonParser parser, Field field) throws IOException {
        int number = field.known().find(parser);
        if (number == KnownTexts.NONE) {
            String text = parser.getText();
            number = field.codes().number(text);
            field.known().keep(text, number);
        }
        return number;
    }

    static int wholeNumber(JsonParser parser, String name) throws IOException, UnreadableEvent {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT
                || parser.getIntValue() == FactState.NONE) {
            throw new UnreadableEvent(name + " is not a whole number within range", name + " 不是有效范围内的整数");
        }
        return parser.getIntValue();
    }

    private int day(JsonParser parser, String name) throws IOException, UnreadableEvent {
        requireText(parser, name);
        int known = days.find(parser);
        if (known != KnownTexts.NONE) {
            return known;
        }
        String text = parser.getText();
        try {
            if (text.length() == 10) {
                int day = Math.toIntExact(LocalDate.parse(text).toEpochDay());
                days.keep(text, day);
                return day;
            }
        } catch (DateTimeException e) {
            throw new UnreadableEvent(
                    name + " is \"" + text + "\", which is not a date", name + " 的值“" + text + "”不是日期");
        }
        throw new UnreadableEvent(name + " is not a date of ten characters", name + " 不是十个字符的日期");
    }
}
