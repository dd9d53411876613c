package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Test of the names and texts in the documents of the APIs: a name has one meaning and one type, as ADR 27 decides; a
 * text is in both languages.
 */
class ApiVocabularyTest {

    /** The types that a name may have, apart from null. */
    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("year", Set.of("integer")),
            Map.entry("period", Set.of("string")),
            Map.entry("record", Set.of("string")),
            Map.entry("fields", Set.of("object")),
            Map.entry("cause", Set.of("object")),
            Map.entry("kind", Set.of("string")),
            Map.entry("contributions", Set.of("array")),
            Map.entry("event", Set.of("object")),
            Map.entry("change", Set.of("string")),
            Map.entry("changes", Set.of("array", "object")),
            Map.entry("difference", Set.of("number")),
            Map.entry("outcome", Set.of("string")),
            Map.entry("amendments", Set.of("array")),
            Map.entry("attribution", Set.of("string")),
            Map.entry("errors", Set.of("array")),
            Map.entry("warnings", Set.of("array")),
            Map.entry("items", Set.of("array")),
            Map.entry("message", Set.of("string")));

    /** Names that a word of the table has replaced. */
    private static final Set<String> REPLACED = Set.of("refusals", "findings", "causes", "content");

    /** The pages of the reference show one of the two. */
    private static final Pattern ENGLISH_THEN_CHINESE = Pattern.compile("\\P{IsHan}+ / .*\\p{IsHan}.*", Pattern.DOTALL);

    /** Members whose texts are data, or names: a tag of a record has only its Chinese name. */
    private static final Set<String> NOT_PROSE = Set.of("example", "examples", "tags");

    static List<String> documents() {
        return Contracts.files("openapi", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_name_has_the_one_type_of_the_vocabulary(String document) {
        JsonNode root = Contracts.yaml("openapi/" + document);
        List<String> wrong = new ArrayList<>();
        collectWrong(root, root, "", wrong);
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_text_is_English_then_Chinese(String document) {
        Map<String, String> texts = new TreeMap<>();
        collectTexts(Contracts.yaml("openapi/" + document), "", texts);
        assertThat(texts)
                .isNotEmpty()
                .allSatisfy((place, text) -> assertThat(text).as(place).matches(ENGLISH_THEN_CHINESE));
    }

    private static void collectTexts(JsonNode node, String place, Map<String, String> texts) {
        node.properties().forEach(member -> {
            String name = member.getKey();
            if (Set.of("title", "summary", "description").contains(name)
                    && member.getValue().isTextual()) {
                texts.put(place + "/" + name, member.getValue().asText());
            } else if (!NOT_PROSE.contains(name)) {
                collectTexts(member.getValue(), place + "/" + name, texts);
            }
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectTexts(node.get(i), place + "/" + i, texts);
            }
        }
    }

    private static void collectWrong(JsonNode root, JsonNode node, String place, List<String> wrong) {
        node.properties().forEach(member -> {
            if (isSchemaProperties(member.getKey(), member.getValue())) {
                member.getValue().properties().forEach(property -> {
                    Set<String> types = typesOf(root, property.getValue());
                    Set<String> expected = TYPES.getOrDefault(property.getKey(), types);
                    if (REPLACED.contains(property.getKey()) || !expected.containsAll(types)) {
                        wrong.add(place + "/" + property.getKey() + " " + types);
                    }
                });
            }
            collectWrong(root, member.getValue(), place + "/" + member.getKey(), wrong);
        });
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectWrong(root, node.get(i), place + "/" + i, wrong);
            }
        }
    }

    /** Returns whether a member describes properties; an example can have a member of this name, too. */
    private static boolean isSchemaProperties(String name, JsonNode value) {
        return name.equals("properties")
                && value.properties().stream().allMatch(each -> each.getValue().isObject());
    }

    private static Set<String> typesOf(JsonNode root, JsonNode schema) {
        Set<String> types = new TreeSet<>();
        if (schema.has("$ref")) {
            types.addAll(typesOf(root, root.at(schema.path("$ref").asText().substring(1))));
        }
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(type -> types.add(type.asText()));
        } else if (schema.has("type")) {
            types.add(schema.path("type").asText());
        }
        schema.path("anyOf").forEach(choice -> types.addAll(typesOf(root, choice)));
        types.remove("null");
        return types;
    }
}
