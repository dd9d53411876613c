package org.voyage.kit.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Parser of lists and small objects in one cell of a table: {@code Bangkok College:THA|Hanoi College:VNM}. */
final class CellItems {
    private static final List<String> SEPARATORS = List.of("|｜", ";；", "\n", "、");

    private CellItems() {}

    /** Splits a list into items without surrounding blanks; an empty text behind the last separator is no item. */
    static List<JsonNode> splitItems(String cell) {
        var separators = findSeparators(cell);
        var items = new ArrayList<JsonNode>();
        int start = 0;
        for (int i = 0; i <= cell.length(); i++) {
            if (i == cell.length() || separators.indexOf(cell.charAt(i)) >= 0) {
                var item = CellTextParser.strip(cell.substring(start, i));
                if (i < cell.length() || !item.isEmpty() || items.isEmpty()) {
                    items.add(TextNode.valueOf(item));
                }
                start = i + 1;
            }
        }
        return items;
    }

    /** Returns the strongest kind of separator in the cell; a weaker one may then be part of an item. */
    private static String findSeparators(String cell) {
        for (var kind : SEPARATORS) {
            for (int i = 0; i < kind.length(); i++) {
                if (cell.indexOf(kind.charAt(i)) >= 0) {
                    return kind;
                }
            }
        }
        return "|";
    }

    /**
     * Parses an object. The last fields begin after the last colons, so that the first may contain colons itself. Without
     * a colon the last field may also be in brackets or behind a comma: {@code 曼谷学院（泰国）}.
     *
     * @param isLast whether a text is a value of the last field
     */
    static ObjectNode parseObject(String item, List<String> fields, Predicate<String> isLast) {
        var object = JsonNodeFactory.instance.objectNode();
        var rest = item;
        if (fields.size() == 2 && item.indexOf(':') < 0 && item.indexOf('：') < 0) {
            var whole = item.strip();
            boolean bracket = whole.endsWith(")") || whole.endsWith("）");
            int at = bracket
                    ? Math.max(whole.lastIndexOf('('), whole.lastIndexOf('（'))
                    : Math.max(whole.lastIndexOf(','), whole.lastIndexOf('，'));
            var last = at <= 0
                    ? ""
                    : whole.substring(at + 1, whole.length() - (bracket ? 1 : 0))
                            .strip();
            if (!last.isEmpty() && isLast.test(last)) {
                rest = whole.substring(0, at) + ":" + last;
            }
        }
        for (int field = fields.size() - 1; field > 0; field--) {
            int colon = Math.max(rest.lastIndexOf(':'), rest.lastIndexOf('：'));
            if (colon >= 0) {
                object.put(fields.get(field), rest.substring(colon + 1).strip());
                rest = rest.substring(0, colon);
            }
        }
        object.put(fields.getFirst(), rest.strip());
        return object;
    }
}
