package org.voyage.feeds.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.voyage.kit.reference.ContractFile;

/** Class of each field of each record: whether it may leave (contracts/feeds/fields.yaml). */
public final class FieldClasses {

    /** Class of a field. */
    public enum FieldClass {
        NEVER,
        GRANT,
        ALWAYS
    }

    private static final Map<FeedRecord, Map<String, FieldClass>> CLASSES = load();

    private FieldClasses() {}

    /**
     * Returns the class of a field; {@link FieldClass#NEVER} for one without a class.
     *
     * @param field name, or {@code list.member} for a member of the objects in a list
     */
    public static FieldClass classOf(FeedRecord record, String field) {
        return CLASSES.getOrDefault(record, Map.of()).getOrDefault(field, FieldClass.NEVER);
    }

    /** Returns the part of a state that may leave: without the fields of class {@link FieldClass#NEVER}. */
    static ObjectNode withoutHidden(FeedRecord record, ObjectNode state) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            if (field.getValue().isArray() && field.getValue().path(0).isObject()) {
                ArrayNode objects = kept.putArray(field.getKey());
                field.getValue().forEach(object -> objects.add(keepMembers(record, field.getKey(), object)));
            } else if (classOf(record, field.getKey()) != FieldClass.NEVER) {
                kept.set(field.getKey(), field.getValue());
            }
        }
        return kept;
    }

    private static ObjectNode keepMembers(FeedRecord record, String list, JsonNode object) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        object.properties().stream()
                .filter(member -> classOf(record, list + "." + member.getKey()) != FieldClass.NEVER)
                .forEach(member -> kept.set(member.getKey(), member.getValue()));
        return kept;
    }

    /** Returns the fields that a grant may name, as {@code record.field}. */
    public static Set<String> grantableFields() {
        Set<String> names = new TreeSet<>();
        CLASSES.forEach((record, fields) -> fields.forEach((field, its) -> {
            if (its == FieldClass.GRANT) {
                names.add(record.wireName() + "." + field);
            }
        }));
        return Collections.unmodifiableSet(names);
    }

    /** Returns the fields of a record that a reader sees. @param opened fields on grant that are open to it */
    public static List<String> visibleFields(FeedRecord record, Set<String> opened) {
        return listFields(record, (field, its) -> its == FieldClass.ALWAYS || isOpen(record, field, its, opened));
    }

    /** Returns the fields of a record that a grant could open, and that are not open. */
    public static List<String> closedFields(FeedRecord record, Set<String> opened) {
        return listFields(record, (field, its) -> its == FieldClass.GRANT && !isOpen(record, field, its, opened));
    }

    private static boolean isOpen(FeedRecord record, String field, FieldClass its, Set<String> opened) {
        return its == FieldClass.GRANT && opened.contains(record.wireName() + "." + field);
    }

    private static List<String> listFields(FeedRecord record, BiPredicate<String, FieldClass> which) {
        return CLASSES.getOrDefault(record, Map.of()).entrySet().stream()
                .filter(field -> which.test(field.getKey(), field.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<FeedRecord, Map<String, FieldClass>> load() {
        try (InputStream in = ContractFile.open("feeds/fields.yaml")) {
            Map<FeedRecord, Map<String, FieldClass>> classes = new EnumMap<>(FeedRecord.class);
            JsonNode records = new YAMLMapper().readTree(in).path("records");
            for (Map.Entry<String, JsonNode> record : records.properties()) {
                Map<String, FieldClass> fields = new LinkedHashMap<>();
                record.getValue()
                        .properties()
                        .forEach(field -> fields.put(
                                field.getKey(),
                                FieldClass.valueOf(field.getValue().asText().toUpperCase(Locale.ROOT))));
                classes.put(FeedRecord.of(record.getKey()), fields);
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
