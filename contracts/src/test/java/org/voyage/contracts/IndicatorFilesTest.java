package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndicatorFilesTest {

    static List<String> indicators() {
        return Contracts.files("indicators", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void every_indicator_is_valid_and_named_as_its_file(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);

        assertThat(Contracts.errors(Contracts.schema("indicators/indicator.schema.json"), indicator))
                .isEmpty();
        assertThat(file).isEqualTo(indicator.path("code").asText() + ".yaml");
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void every_list_that_an_indicator_names_exists(String file) {
        assertThat(texts(Contracts.yaml("indicators/" + file).path("lists")))
                .isSubsetOf(Contracts.files("reference/lists", ".csv").stream()
                        .map(name -> name.replace(".csv", ""))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void every_field_that_an_indicator_reads_is_a_field_of_its_record(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);
        Set<String> own = fields(indicator.path("record").asText());

        assertThat(texts(indicator.path("measure").path("of"))).isSubsetOf(own);
        assertThat(own).containsAll(periodFields(indicator.path("period")));
        indicator
                .path("join")
                .fieldNames()
                .forEachRemaining(field -> assertThat(own).contains(field));
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void every_dimension_is_a_field_of_the_record_or_of_the_one_it_joins(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);
        var known = new HashSet<>(fields(indicator.path("record").asText()));
        indicator.path("join").forEach(joined -> known.addAll(fields(joined.asText())));
        known.addAll(Set.of("province", "region", "subRegion"));

        assertThat(known).containsAll(texts(indicator.path("dimensions")));
    }

    @Test
    void a_condition_on_a_status_names_known_statuses() {
        for (String file : indicators()) {
            assertThat(texts(Contracts.yaml("indicators/" + file).path("where").path("status")))
                    .isSubsetOf(Contracts.column("reference/statuses.csv", "code"));
        }
    }

    @Test
    void countries_are_every_country_but_neither_china_nor_hong_kong_macao_and_taiwan() {
        List<String> countries = Contracts.rows("reference/countries.csv").stream()
                .filter(row -> "".equals(row.get("special")))
                .map(row -> Objects.requireNonNull(row.get("alpha3")))
                .toList();

        assertThat(texts(Contracts.yaml("indicators/overseas-countries.yaml")
                        .path("where")
                        .path("hostCountry")))
                .containsExactlyElementsOf(countries);
    }

    private static Set<String> fields(String record) {
        return Contracts.json("events/" + record + "-changed.v1.schema.json")
                .at("/$defs/record/properties")
                .properties()
                .stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<String> periodFields(JsonNode period) {
        return period.properties().stream()
                .filter(entry -> !entry.getKey().equals("kind"))
                .map(entry -> entry.getValue().asText())
                .toList();
    }

    private static List<String> texts(JsonNode node) {
        return node.isTextual()
                ? List.of(node.asText())
                : StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }
}
