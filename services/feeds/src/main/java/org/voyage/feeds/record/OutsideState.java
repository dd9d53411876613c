package org.voyage.feeds.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the state of a record that a reader sees: its allowed fields, and outside ids for the keys of records. */
public final class OutsideState {

    private OutsideState() {}

    /**
     * Returns the visible part of a state.
     *
     * @param fields the fields on grant that are open, as {@code record.field}
     * @param parentId outside id of the standard of a recognition, else null
     */
    public static ObjectNode of(FeedRecord record, JsonNode state, Set<String> fields, @Nullable String parentId) {
        ObjectNode visible = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            String name = field.getKey();
            if (record == FeedRecord.RECOGNITION && name.equals("standard")) {
                visible.put(name, FeedRecord.STANDARD.wireName() + "/" + parentId);
            } else if (field.getValue().isArray() && field.getValue().path(0).isObject()) {
                ArrayNode objects = visibleObjects(record, name, field.getValue(), fields);
                if (!objects.isEmpty()) {
                    visible.set(name, objects);
                }
            } else if (isVisible(record, name, fields)) {
                visible.set(name, field.getValue());
            }
        }
        return visible;
    }

    private static ArrayNode visibleObjects(FeedRecord record, String list, JsonNode objects, Set<String> fields) {
        ArrayNode visible = JsonNodeFactory.instance.arrayNode();
        for (JsonNode object : objects) {
            ObjectNode members = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                if (isVisible(record, list + "." + member.getKey(), fields)) {
                    members.set(member.getKey(), member.getValue());
                }
            });
            if (!members.isEmpty()) {
                visible.add(members);
            }
        }
        return visible;
    }

    private static boolean isVisible(FeedRecord record, String field, Set<String> fields) {
        return switch (FieldClasses.classOf(record, field)) {
            case ALWAYS -> true;
            case GRANT -> fields.contains(record.wireName() + "." + field);
            case NEVER -> false;
        };
    }
}
