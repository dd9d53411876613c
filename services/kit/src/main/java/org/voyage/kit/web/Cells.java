package org.voyage.kit.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** Lists and small objects in one cell of a table: {@code Bangkok College:THA|Hanoi College:VNM}. */
final class Cells {
    private Cells() {}

    /** The items of a list, blanks around them taken off. */
    static List<JsonNode> items(String cell) {
        boolean bars = cell.indexOf('|') >= 0;
        var items = new ArrayList<JsonNode>();
        int start = 0;
        for (int i = 0; i <= cell.length(); i++) {
            if (i == cell.length() || (bars ? cell.charAt(i) == '|' : semicolon(cell.charAt(i)))) {
                items.add(TextNode.valueOf(cell.substring(start, i).strip()));
                start = i + 1;
            }
        }
        return items;
    }

    /** The fields of an object: the last ones are cut off at the last colons, so that the first may hold some itself. */
    static ObjectNode object(String item, List<String> fields) {
        var object = JsonNodeFactory.instance.objectNode();
        var rest = item;
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

    private static boolean semicolon(char c) {
        return c == ';' || c == '；';
    }
}
