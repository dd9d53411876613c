package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemasTest {

    /** Province of records that no bureau owns. */
    private static final String NATIONAL = "00";

    private static final List<String> WITHOUT_BUREAU = List.of(
            "alliance-changed.v1.schema.json",
            "alliance-member-changed.v1.schema.json",
            "indicator-changed.v1.schema.json");

    static List<String> schemas() {
        return Contracts.files("events", ".schema.json");
    }

    static List<String> feedSchemas() {
        return Contracts.files("feeds/events", ".schema.json");
    }

    static List<String> examples() {
        return Contracts.files("events/examples", ".json");
    }

    static List<Refused> refused() {
        return Contracts.rows("events/negative/expected.csv").stream()
                .map(row -> new Refused(
                        Objects.requireNonNull(row.get("file")),
                        Objects.requireNonNull(row.get("pointer")),
                        Objects.requireNonNull(row.get("keyword"))))
                .toList();
    }

    record Refused(String file, String pointer, String keyword) {}

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_valid(String file) {
        assertThat(Contracts.errors(schemaOf(file), Contracts.json("events/examples/" + file)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void every_negative_example_fails_for_the_reason_it_is_there_for(Refused refused) {
        var errors = Contracts.errors(schemaOf(refused.file()), Contracts.json("events/negative/" + refused.file()));

        assertThat(errors).as("%s", errors).anySatisfy(error -> {
            assertThat(pointer(error.getInstanceLocation().toString())).isEqualTo(refused.pointer());
            assertThat(reason(error)).isEqualTo(refused.keyword());
        });
    }

    @Test
    void every_negative_file_has_its_reason_written_down() {
        assertThat(refused().stream().map(Refused::file))
                .containsExactlyInAnyOrderElementsOf(Contracts.files("events/negative", ".json"));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void every_schema_is_itself_valid_and_shown_by_an_example_of_each_ordinary_change(String file) {
        String noun = file.replace("-changed.v1.schema.json", "");
        JsonNode schema = Contracts.json("events/" + file);

        assertThat(schema.path("$id").asText()).isEqualTo("urn:voyage:events:" + noun + "-changed:v1");
        assertThat(Contracts.errors(Contracts.metaSchema(), schema)).isEmpty();
        assertThat(examples())
                .contains(
                        noun + ".created.json",
                        noun + ".corrected.json",
                        noun + ".withdrawn.json",
                        noun + ".republished.json");
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void only_a_withdrawn_record_goes_on_elsewhere(String file) {
        String noun = file.replace("-changed.v1.schema.json", "");
        Schema schema = Contracts.schema("events/" + file);
        ObjectNode withdrawn = (ObjectNode) Contracts.json("events/examples/" + noun + ".withdrawn.json");
        ObjectNode corrected = (ObjectNode) Contracts.json("events/examples/" + noun + ".corrected.json");
        withdrawn.put("movedTo", "12/其他 / 1").withObject("/cause").put("kind", "rename");
        corrected.put("movedTo", "12/其他 / 1").withObject("/cause").put("kind", "merge");

        assertThat(Contracts.errors(schema, withdrawn)).isEmpty();
        assertThat(Contracts.errors(schema, corrected))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.getInstanceLocation().toString()).isEqualTo("/movedTo"));
    }

    @ParameterizedTest
    @MethodSource({"schemas", "feedSchemas"})
    void every_text_of_a_schema_is_English_then_Chinese(String file) {
        JsonNode schema = Contracts.json((schemas().contains(file) ? "events/" : "feeds/events/") + file);

        assertThat(Stream.of("title", "description").flatMap(key -> schema.findValues(key).stream()))
                .filteredOn(JsonNode::isTextual)
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text.asText()).matches("\\P{IsHan}+ / .*\\p{IsHan}.*"));
    }

    @Test
    void the_codes_of_a_schema_are_those_of_the_reference_files() {
        JsonNode record =
                Contracts.json("events/overseas-school-changed.v1.schema.json").at("/$defs/record/properties");

        assertThat(codes(record, "brand")).containsExactlyElementsOf(Contracts.column("reference/brands.csv", "code"));
        assertThat(codes(record, "tier")).containsExactlyElementsOf(Contracts.column("reference/tiers.csv", "code"));
        assertThat(codes(record, "form")).containsExactlyElementsOf(Contracts.column("reference/forms.csv", "code"));
        assertThat(codes(record, "status"))
                .containsExactlyElementsOf(Contracts.column("reference/statuses.csv", "code"));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void only_provinces_that_send_own_records_and_none_those_without_a_bureau(String file) {
        List<String> senders = Contracts.rows("reference/provinces.csv").stream()
                .filter(row -> "true".equals(row.get("sends")))
                .map(row -> Objects.requireNonNull(row.get("code")))
                .toList();

        assertThat(codes(Contracts.json("events/" + file).path("properties"), "province"))
                .containsExactlyElementsOf(WITHOUT_BUREAU.contains(file) ? List.of(NATIONAL) : senders);
    }

    private static Schema schemaOf(String file) {
        return Contracts.schema("events/" + file.substring(0, file.indexOf('.')) + "-changed.v1.schema.json");
    }

    private static List<String> codes(JsonNode properties, String field) {
        return StreamSupport.stream(properties.path(field).path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String pointer(String location) {
        return location.equals("$") ? "" : location;
    }

    /** Returns the reason of an error. A schema that is {@code false} has no keyword of its own. */
    private static String reason(Error error) {
        String keyword = error.getKeyword();
        return keyword == null || keyword.isEmpty() ? "false" : keyword;
    }
}
