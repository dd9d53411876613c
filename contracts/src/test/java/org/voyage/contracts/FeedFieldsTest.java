package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may leave in a feed: each field of each event has a class, and the schemas of feeds show no other field. */
class FeedFieldsTest {

    private static final String SUFFIX = "-changed.v1.schema.json";
    private static final Set<String> CLASSES = Set.of("always", "grant", "never");
    private static final Set<String> RECORDS_OF_REGISTRY = Set.of("alliance", "alliance-member", "indicator");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode contract = read("feeds/fields.yaml");

    @Test
    void every_event_is_of_a_record_that_may_leave_or_never_does() {
        Set<String> classed = new TreeSet<>(
                contract.path("records").propertyStream().map(Map.Entry::getKey).toList());
        contract.path("never").forEach(record -> classed.add(record.asText()));
        classed.addAll(RECORDS_OF_REGISTRY);

        assertThat(recordsOfEvents()).isSubsetOf(classed);
    }

    @Test
    void every_field_of_every_event_is_classed() {
        contract.path("records").properties().forEach(record -> {
            JsonNode event = read("events/" + record.getKey() + SUFFIX);
            Set<String> known = fieldNames(event.at("/$defs/record/properties"));

            assertThat(record.getValue().propertyStream().map(Map.Entry::getKey))
                    .as(record.getKey())
                    .containsExactlyInAnyOrderElementsOf(known);
            assertThat(event.path("properties").propertyStream().map(Map.Entry::getKey))
                    .as(record.getKey())
                    .allMatch(contract.path("envelope")::has);
        });
    }

    @Test
    void classes_are_always_grant_or_never() {
        Stream.concat(
                        contract.path("envelope").propertyStream(),
                        contract.path("records")
                                .propertyStream()
                                .flatMap(record -> record.getValue().propertyStream()))
                .forEach(field ->
                        assertThat(field.getValue().asText()).as(field.getKey()).isIn(CLASSES));
    }

    @Test
    void the_schema_of_a_feed_shows_exactly_the_fields_that_may_leave() {
        contract.path("records").properties().forEach(record -> {
            JsonNode schema = read("feeds/events/" + record.getKey() + ".v1.schema.json");
            Set<String> open = record.getValue()
                    .propertyStream()
                    .filter(field -> !field.getValue().asText().equals("never"))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());

            assertThat(fieldNames(schema.at("/$defs/state/properties")))
                    .as(record.getKey())
                    .containsExactlyInAnyOrderElementsOf(open);
        });
    }

    private static Set<String> recordsOfEvents() {
        return Contracts.files("events", SUFFIX).stream()
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .collect(Collectors.toSet());
    }

    /** Returns the names of fields, and {@code list.member} for the members of objects in a list. */
    private static Set<String> fieldNames(JsonNode properties) {
        Set<String> names = new TreeSet<>();
        properties.properties().forEach(field -> {
            JsonNode members = field.getValue().at("/items/properties");
            if (members.isMissingNode()) {
                names.add(field.getKey());
            } else {
                members.propertyStream().forEach(member -> names.add(field.getKey() + "." + member.getKey()));
            }
        });
        return names;
    }

    private static JsonNode read(String name) {
        try {
            return name.endsWith(".yaml")
                    ? new YAMLMapper().readTree(Contracts.text(name))
                    : JSON.readTree(Contracts.text(name));
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }
}
