package org.voyage.indicators.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.input.DidYouMean;

/**
 * Fields of records, from the event schemas in {@code contracts/events}. Without this check a misspelt field would be
 * unknown in every record, and the figure would be 0 without an error. A field of the wrong kind would make every
 * record unreadable, for all figures.
 */
record RecordFields(Map<String, RecordProperty> byName) {

    /** Filters with this code match facts without a value. */
    private static final String UNKNOWN_CODE = "unknown";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Optional<RecordFields>> BY_RECORD = new ConcurrentHashMap<>();

    /**
     * @param kinds possible kinds of content: records that are read together may each have a field of this name
     * @param codes allowed codes; empty where the schema lists none
     * @param members members that each of its elements has
     * @param pattern regular expression of its text, or of each text of its list; empty where the schema has none
     */
    record RecordProperty(Set<FieldKind> kinds, Set<String> codes, Set<String> members, String pattern) {

        static RecordProperty of(FieldKind kind, JsonNode schema) {
            Set<String> codes = new HashSet<>();
            schema.path("enum").forEach(code -> codes.add(code.asText()));
            if (schema.path("type").asText().equals("boolean")) {
                codes.addAll(Set.of("true", "false"));
            }
            Set<String> members = new HashSet<>();
            schema.at("/items/required").forEach(member -> members.add(member.asText()));
            String pattern =
                    schema.path("pattern").asText(schema.at("/items/pattern").asText());
            return new RecordProperty(Set.of(kind), codes, members, pattern);
        }

        /** Merges two fields of the same name. A field without a list of codes allows any code. */
        RecordProperty mergeWith(RecordProperty other) {
            Set<String> both = new HashSet<>(members);
            both.retainAll(other.members);
            return new RecordProperty(
                    unionOf(kinds, other.kinds),
                    codes.isEmpty() || other.codes.isEmpty() ? Set.of() : unionOf(codes, other.codes),
                    both,
                    pattern.equals(other.pattern) ? pattern : "");
        }

        private static <T> Set<T> unionOf(Set<T> one, Set<T> other) {
            Set<T> union = new HashSet<>(one);
            union.addAll(other);
            return union;
        }
    }

    /** Returns the fields of all records together; empty when a record has no contract and its fields are unknown. */
    static Optional<RecordFields> of(Collection<String> records) {
        Map<String, RecordProperty> together = new HashMap<>();
        for (String record : records) {
            Optional<RecordFields> its = BY_RECORD.computeIfAbsent(record, RecordFields::readSchema);
            if (its.isEmpty()) {
                return Optional.empty();
            }
            its.get().byName.forEach((name, property) -> together.merge(name, property, RecordProperty::mergeWith));
        }
        return Optional.of(new RecordFields(together));
    }

    private static Optional<RecordFields> readSchema(String record) {
        try (InputStream schema =
                RecordFields.class.getResourceAsStream("/contracts/events/" + record + "-changed.v1.schema.json")) {
            if (schema == null) {
                return Optional.empty();
            }
            Map<String, RecordProperty> fields = new HashMap<>();
            JSON.readTree(schema)
                    .at("/$defs/record/properties")
                    .properties()
                    .forEach(field -> FieldKind.of(field.getValue())
                            .ifPresent(kind -> fields.put(field.getKey(), RecordProperty.of(kind, field.getValue()))));
            return fields.isEmpty() ? Optional.empty() : Optional.of(new RecordFields(fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasField(String name) {
        return byName.containsKey(name);
    }

    /** @throws InvalidDefinitionException when the field does not exist or has another kind */
    void requireField(String member, String name, Set<FieldKind> wanted, YamlObjectReader top) {
        RecordProperty property = byName.get(name);
        if (property == null) {
            String nearest = DidYouMean.findNearest(name, byName.keySet());
            throw top.invalid(
                    member,
                    " names \"" + name + "\", which is no field of the record" + suggestion(nearest),
                    " 列出了“" + name + "”，记录没有此字段" + suggestionZh(nearest));
        }
        property.kinds.stream()
                .filter(kind -> !wanted.contains(kind))
                .findFirst()
                .ifPresent(kind -> {
                    throw top.invalid(
                            member,
                            " names \"" + name + "\", which holds "
                                    + kind.content().en() + " where "
                                    + describeKinds(wanted, LocalizedText::en, " or ") + " is needed; "
                                    + kind.content().en() + " belongs in "
                                    + kind.place().en(),
                            " 列出了“" + name + "”，其内容是" + kind.content().zh() + "，而此处需要"
                                    + describeKinds(wanted, LocalizedText::zh, "或")
                                    + "；" + kind.content().zh() + "可用于 "
                                    + kind.place().zh());
                });
    }

    private static String describeKinds(Set<FieldKind> kinds, Function<LocalizedText, String> language, String or) {
        return kinds.stream().sorted().map(FieldKind::content).map(language).collect(Collectors.joining(or));
    }

    /** @throws InvalidDefinitionException when some element of the list lacks the member */
    void requireMember(String member, String list, String name, YamlObjectReader top) {
        Set<String> known = byName.containsKey(list) ? byName.get(list).members : Set.of();
        if (!known.contains(name)) {
            String nearest = DidYouMean.findNearest(name, known);
            throw top.invalid(
                    member,
                    " names \"" + name + "\", which not every element of " + list + " has" + suggestion(nearest),
                    " 列出了“" + name + "”，" + list + " 的元素不都有此成员" + suggestionZh(nearest));
        }
    }

    /** @throws InvalidDefinitionException when the field has a list of codes that lacks one of these */
    void requireKnownCodes(String member, String field, Collection<String> values, YamlObjectReader top) {
        RecordProperty known = byName.get(field);
        if (known == null || known.codes.isEmpty()) {
            return;
        }
        for (String value : new TreeSet<>(values)) {
            if (!known.codes.contains(value) && !value.equals(UNKNOWN_CODE)) {
                String nearest = DidYouMean.findNearest(value, known.codes);
                throw top.invalid(
                        member,
                        " names \"" + value + "\", which is no code of " + field + suggestion(nearest),
                        " 列出了“" + value + "”，" + field + " 没有此代码" + suggestionZh(nearest));
            }
        }
    }

    static String suggestion(@Nullable String nearest) {
        return nearest == null ? "" : "; did you mean " + nearest;
    }

    static String suggestionZh(@Nullable String nearest) {
        return nearest == null ? "" : "，是否应为 " + nearest;
    }
}
