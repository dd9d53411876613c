package org.voyage.indicators.fact;

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

/** Parser of the fields of a state that some figure needs. */
final class FactStateParser {

    private static final @Nullable String[] NO_LINKS = {};

    /** Parsers by the name of their member. */
    private final Map<String, MemberParser> memberParsers = new HashMap<>();

    private final int[] empty;
    private final int links;

    /** Values of the current state. */
    private int[] values;

    private int @Nullable [][] lists;
    private @Nullable String[] linked;

    FactStateParser(RecordLayout layout, DictionaryRegistry dictionaries) {
        this.empty = new int[layout.valueCount()];
        this.links = layout.linkCount();
        this.values = empty;
        this.linked = NO_LINKS;
        Arrays.fill(empty, FactState.NO_VALUE);
        for (FieldSlot slot : layout.slots()) {
            memberParsers.put(
                    slot.source(),
                    switch (slot.kind()) {
                        case CODE -> {
                            empty[slot.index()] = CodeDictionary.ABSENT_CODE;
                            yield new CodeMemberParser(slot, dictionaries.dictionaryOf(slot.field()), (CodeMemberParser)
                                    memberParsers.get(slot.source()));
                        }
                        case NUMBER -> (parser, _) -> values[slot.index()] = requireInteger(parser, slot.source());
                        case DATE -> (parser, _) -> values[slot.index()] = requireDay(parser, slot.source());
                        case LINK -> (parser, _) -> linked[slot.index()] = requireScalar(parser, slot.source());
                    });
        }
    }

    FactState parseState(JsonParser parser) throws IOException, UnreadableEventException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new UnreadableEventException("the state is not an object", "记录内容不是 JSON 对象");
        }
        values = empty.clone();
        lists = null;
        linked = links == 0 ? NO_LINKS : new @Nullable String[links];
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            MemberParser field = memberParsers.get(name);
            if (field == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                field.parseMember(parser, token);
            }
        }
        return new FactState(values, lists, linked);
    }

    /**
     * Parser of a member that some figure needs. Each kind has its own class, so that the JIT compiler handles them
     * separately.
     */
    private interface MemberParser {
        /** @param token the first of the value, which is not null */
        void parseMember(JsonParser parser, JsonToken token) throws IOException, UnreadableEventException;
    }

    private final class CodeMemberParser implements MemberParser {
        private final FieldSlot slot;
        private final CodeDictionary codes;
        /** Another slot that is read from the same member. */
        private final @Nullable CodeMemberParser nextSlot;

        CodeMemberParser(FieldSlot slot, CodeDictionary codes, @Nullable CodeMemberParser next) {
            this.slot = slot;
            this.codes = codes;
            this.nextSlot = next;
        }

        @Override
        public void parseMember(JsonParser parser, JsonToken token) throws IOException, UnreadableEventException {
            if (token == JsonToken.START_ARRAY) {
                List<String> texts = readElements(parser);
                for (CodeMemberParser each = this; each != null; each = each.nextSlot) {
                    each.storeCodes(texts);
                }
            } else {
                if (!token.isBoolean()) {
                    requireText(parser, slot.source());
                }
                String text = parser.getText();
                for (CodeMemberParser each = this; each != null; each = each.nextSlot) {
                    values[each.slot.index()] = each.codes.numberOf(text);
                }
            }
        }

        private List<String> readElements(JsonParser parser) throws IOException, UnreadableEventException {
            if (!slot.list()) {
                throw new UnreadableEventException(
                        slot.source() + " is a list; a figure splits by it", slot.source() + " 是列表，而统计须按单个值划分");
            }
            List<String> texts = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                texts.add(
                        slot.member().isEmpty()
                                ? requireScalar(parser, slot.source())
                                : requireMemberText(parser, slot));
            }
            return texts;
        }

        /**
         * Stores the codes of a list. Plain values count once, objects one by one: two partners may have the same
         * country.
         */
        private void storeCodes(List<String> texts) {
            int[][] more = lists == null ? new int[1][] : Arrays.copyOf(lists, lists.length + 1);
            more[more.length - 1] = (slot.member().isEmpty() ? texts.stream().distinct() : texts.stream())
                    .mapToInt(codes::numberOf)
                    .toArray();
            lists = more;
            values[slot.index()] = -more.length;
        }
    }

    private static String requireMemberText(JsonParser parser, FieldSlot slot)
            throws IOException, UnreadableEventException {
        String found = null;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                if (name.equals(slot.member())) {
                    found = requireScalar(parser, slot.source() + "." + name);
                } else {
                    parser.skipChildren();
                }
            }
        }
        if (found == null) {
            throw new UnreadableEventException(
                    slot.source() + " has an element without " + slot.member(),
                    slot.source() + " 中有元素缺少 " + slot.member());
        }
        return found;
    }

    private static String requireScalar(JsonParser parser, String name) throws IOException, UnreadableEventException {
        requireText(parser, name);
        return parser.getText();
    }

    private static void requireText(JsonParser parser, String name) throws UnreadableEventException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new UnreadableEventException(name + " is not a text", name + " 不是文本");
        }
    }

    static int requireInteger(JsonParser parser, String name) throws IOException, UnreadableEventException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() != JsonParser.NumberType.INT
                || parser.getIntValue() == FactState.NO_VALUE) {
            throw new UnreadableEventException(name + " is not a whole number within range", name + " 不是有效范围内的整数");
        }
        return parser.getIntValue();
    }

    private static int requireDay(JsonParser parser, String name) throws IOException, UnreadableEventException {
        requireText(parser, name);
        String text = parser.getText();
        try {
            if (text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
                int year = parseDigits(text, 0, 4);
                return Math.toIntExact(LocalDate.of(year, parseDigits(text, 5, 7), parseDigits(text, 8, 10))
                        .toEpochDay());
            }
        } catch (DateTimeException e) {
            throw new UnreadableEventException(
                    name + " is \"" + text + "\", which is not a date", name + " 的值“" + text + "”不是日期");
        }
        throw new UnreadableEventException(name + " is not a date of ten characters", name + " 不是十个字符的日期");
    }

    /** Parses decimal digits. The formatter of the JDK would take a quarter of the time of a whole event. */
    private static int parseDigits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("no digit");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
