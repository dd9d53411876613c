package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordFilesTest {

    /** Columns that every table has in addition to those of its record. */
    private static final Set<String> TAKEN = Set.of(
            "记录编号",
            "Record id",
            "省份",
            "Province",
            "撤回",
            "Withdraw",
            "撤回原因",
            "Reason for withdrawal",
            "未通过原因",
            "Refused because");

    /** Events that every service publishes in addition to those of its records; no spreadsheet contains them. */
    private static final List<String> OF_EVERY_SERVICE = List.of("year-close", "batch", "outstanding");

    private static final List<String> HOME_ALLOWED = List.of("recognition.yaml", "alliance-member.yaml");

    static List<String> records() {
        return Contracts.files("records", ".yaml");
    }

    @Test
    void every_record_that_has_events_has_a_file() {
        assertThat(records().stream().map(file -> file.replace(".yaml", "")))
                .containsExactlyInAnyOrderElementsOf(Contracts.files("events", ".schema.json").stream()
                        .map(file -> file.replace("-changed.v1.schema.json", ""))
                        .filter(record -> !OF_EVERY_SERVICE.contains(record))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_file_is_valid_and_named_as_its_record(String file) {
        JsonNode record = Contracts.yaml("records/" + file);

        assertThat(Contracts.errors(Contracts.schema("records/record.schema.json"), record))
                .isEmpty();
        assertThat(file).isEqualTo(record.path("record").asText() + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("records")
    void headings_are_unique_and_differ_from_those_that_every_table_has(String file) {
        List<JsonNode> fields = fields(file);

        for (String language : List.of("zh", "en")) {
            assertThat(fields.stream().map(field -> field.path(language).asText()))
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(TAKEN);
        }
    }

    /** A heading with two meanings would be read wrongly. */
    @ParameterizedTest
    @MethodSource("records")
    void another_heading_of_a_field_means_no_other_field(String file) {
        List<String> headings = new ArrayList<>(
                TAKEN.stream().map(RecordFilesTest::fold).distinct().toList());
        for (JsonNode field : fields(file)) {
            List<String> own = List.of(
                    name(field), field.path("zh").asText(), field.path("en").asText());
            Stream.concat(own.stream(), texts(field.path("also")).stream())
                    .map(RecordFilesTest::fold)
                    .distinct()
                    .forEach(headings::add);
        }
        assertThat(headings).doesNotHaveDuplicates();
    }

    private static String fold(String heading) {
        return Normalizer.normalize(heading, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @MethodSource("records")
    void its_fields_are_those_of_the_event_and_the_personal_ones(String file) {
        JsonNode schema = schema(file);
        List<JsonNode> open = fields(file).stream()
                .filter(field -> !field.path("personal").asBoolean())
                .toList();

        assertThat(open.stream().map(RecordFilesTest::name))
                .containsExactlyElementsOf(schema.path("properties").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(open.stream()
                        .filter(field -> field.path("required").asBoolean())
                        .map(RecordFilesTest::name))
                .containsExactlyInAnyOrderElementsOf(texts(schema.path("required")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void each_field_is_of_the_type_that_the_event_has(String file) {
        for (JsonNode field : fields(file)) {
            JsonNode property = schema(file).path("properties").path(name(field));
            if (!field.path("personal").asBoolean()) {
                assertThat(field.path("type").asText()).as(name(field)).isEqualTo(type(field, property));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void codes_are_those_of_the_reference_file(String file) {
        for (JsonNode field : fields(file)) {
            if (!field.has("codes")) {
                continue;
            }
            String list = field.path("codes").asText();
            String column = list.equals("countries") ? "alpha3" : "code";
            List<String> codes = Contracts.column("reference/" + list + ".csv", column);
            JsonNode property = schema(file).path("properties").path(name(field));

            assertThat(codes).as(name(field)).contains(field.path("example").asText());
            if (!list.equals("countries")) {
                assertThat(texts(property.path("enum"))).containsExactlyElementsOf(codes);
            }
        }
    }

    /** Only a standard can be adopted at home too, and a member of an alliance can be there. */
    @ParameterizedTest
    @MethodSource("records")
    void home_is_not_offered_as_a_country_abroad(String file) {
        for (JsonNode field : fieldsAndParts(file)) {
            boolean countries = field.path("codes").asText().equals("countries");
            assertThat(field.path("without").asText())
                    .as(name(field))
                    .isEqualTo(countries && !HOME_ALLOWED.contains(file) ? "home" : "");
        }
    }

    @Test
    void personal_are_exactly_the_name_passport_and_birth_date_of_a_student() {
        for (String file : records()) {
            assertThat(fields(file).stream()
                            .filter(field -> field.path("personal").asBoolean())
                            .map(RecordFilesTest::name))
                    .as(file)
                    .containsExactlyElementsOf(
                            file.equals("inbound-enrolment.yaml")
                                    ? List.of("name", "passportNumber", "birthDate")
                                    : List.of());
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void the_examples_together_are_a_valid_record(String file) {
        ObjectNode schema = schema(file);
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        fields(file).stream()
                .filter(field -> !field.path("personal").asBoolean() && field.has("example"))
                .forEach(field -> record.set(name(field), field.path("example")));

        assertThat(Contracts.errors(Contracts.schema(schema), record)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("records")
    void every_single_example_is_valid(String file) {
        for (JsonNode field : fields(file)) {
            JsonNode property = schema(file).path("properties").path(name(field));
            if (!field.path("personal").asBoolean() && field.has("example")) {
                assertThat(Contracts.errors(Contracts.schema(property), field.path("example")))
                        .as(name(field))
                        .isEmpty();
            }
        }
    }

    /** Only a field with an alternative field has no example. */
    @Test
    void every_field_has_an_example_but_the_programme_of_a_headcount() {
        assertThat(records().stream()
                        .flatMap(file -> fields(file).stream()
                                .filter(field -> !field.has("example"))
                                .map(field -> file + " " + name(field))))
                .containsExactly("cooperative-headcount.yaml programme");
    }

    private static String type(JsonNode field, JsonNode property) {
        boolean coded = field.has("codes");
        return switch (property.path("type").asText()) {
            case "integer" -> "integer";
            case "boolean" -> "flag";
            case "array" ->
                property.path("items").path("type").asText().equals("object") ? "objects" : coded ? "codes" : "texts";
            default -> property.path("format").asText().equals("date") ? "date" : coded ? "code" : "text";
        };
    }

    private static List<JsonNode> fields(String file) {
        return Contracts.yaml("records/" + file).path("fields").valueStream().toList();
    }

    private static List<JsonNode> fieldsAndParts(String file) {
        return fields(file).stream()
                .flatMap(field ->
                        Stream.concat(Stream.of(field), field.path("parts").valueStream()))
                .toList();
    }

    private static ObjectNode schema(String file) {
        return (ObjectNode) Contracts.json("events/" + file.replace(".yaml", "-changed.v1.schema.json"))
                .at("/$defs/record");
    }

    private static String name(JsonNode field) {
        return field.path("name").asText();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
