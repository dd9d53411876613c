package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

        boolean distinct = indicator.path("measure").path("kind").asText().equals("distinct");
        assertThat(texts(indicator.path("measure").path("of"))).isSubsetOf(distinct ? known(indicator) : own);
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

        assertThat(known(indicator)).containsAll(texts(indicator.path("dimensions")));
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void lists_and_regions_follow_from_exactly_one_country_among_the_dimensions(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);
        List<String> dimensions = texts(indicator.path("dimensions"));

        assertThat(dimensions.stream().filter(Set.of("hostCountry", "nationality", "country")::contains))
                .hasSize(indicator.has("lists") || dimensions.contains("region") ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void a_condition_names_known_codes_of_known_fields(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);

        for (String condition : List.of("where", "except")) {
            indicator
                    .path(condition)
                    .properties()
                    .forEach(entry -> assertThat(codes(indicator, entry.getKey()))
                            .as("%s.%s", condition, entry.getKey())
                            .containsAll(texts(entry.getValue())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overseas-countries.yaml hostCountry",
                "inbound-nationalities.yaml nationality",
                "standards-countries.yaml country"
            })
    void countries_are_neither_china_nor_hong_kong_macao_and_taiwan(String fileAndField) {
        String[] parts = fileAndField.split(" ", -1);
        List<String> special = Contracts.rows("reference/countries.csv").stream()
                .filter(row -> !"".equals(row.get("special")))
                .map(row -> Objects.requireNonNull(row.get("alpha3")))
                .toList();

        assertThat(texts(Contracts.yaml("indicators/" + parts[0]).path("except").path(parts[1])))
                .containsExactlyInAnyOrderElementsOf(special);
    }

    private static List<String> codes(JsonNode indicator, String field) {
        if (Set.of("hostCountry", "nationality", "country").contains(field)) {
            return Contracts.column("reference/countries.csv", "alpha3");
        }
        List<String> records = new ArrayList<>(List.of(indicator.path("record").asText()));
        records.addAll(texts(indicator.path("join")));
        return records.stream()
                .map(record -> properties(record).path(field).path("enum"))
                .flatMap(codes -> texts(codes).stream())
                .toList();
    }

    private static Set<String> known(JsonNode indicator) {
        var known = new HashSet<>(fields(indicator.path("record").asText()));
        indicator.path("join").forEach(joined -> known.addAll(fields(joined.asText())));
        known.addAll(Set.of("province", "region", "subRegion"));
        return known;
    }

    private static JsonNode properties(String record) {
        return Contracts.json("events/" + record + "-changed.v1.schema.json").at("/$defs/record/properties");
    }

    private static Set<String> fields(String record) {
        return properties(record).properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static List<String> periodFields(JsonNode period) {
        return period.properties().stream()
                .filter(entry -> !entry.getKey().equals("kind"))
                .flatMap(entry -> texts(entry.getValue()).stream())
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
