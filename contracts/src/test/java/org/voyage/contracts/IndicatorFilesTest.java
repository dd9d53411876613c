package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndicatorFilesTest {

    private static final Set<String> COUNTRIES = Set.of("hostCountry", "nationality", "country", "partnerCountry");

    private static final Set<String> PERSONS = Set.of(
            "inbound-enrolment",
            "outbound-placement",
            "teacher-assignment",
            "foreign-teacher",
            "cooperative-headcount",
            "overseas-headcount",
            "overseas-training");

    static List<String> indicators() {
        return Contracts.files("indicators", ".yaml");
    }

    static List<String> counted() {
        return indicators().stream()
                .filter(file -> !Contracts.yaml("indicators/" + file).has("derive"))
                .toList();
    }

    static List<String> derived() {
        return indicators().stream().filter(file -> !counted().contains(file)).toList();
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void every_indicator_is_valid_and_named_as_its_file(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);

        assertThat(Contracts.errors(Contracts.schema("indicators/indicator.schema.json"), indicator))
                .isEmpty();
        assertThat(file).isEqualTo(indicator.path("code").asText() + ".yaml");
    }

    /** Two figures of the same persons can be safe alone and reveal a small count by their difference. */
    @Test
    void figures_of_persons_go_outside_as_releases_and_one_at_most_of_each_record() {
        Map<String, List<String>> released = new TreeMap<>();
        for (String file : counted()) {
            JsonNode indicator = Contracts.yaml("indicators/" + file);
            String outside = indicator.at("/outside/kind").asText();
            String record = indicator.path("record").asText();
            if (PERSONS.contains(record)) {
                assertThat(outside).as(file).isIn("", "released");
            }
            if (outside.equals("released")) {
                released.computeIfAbsent(record, key -> new ArrayList<>()).add(file);
            }
        }

        assertThat(released)
                .hasSize(PERSONS.size())
                .containsOnlyKeys(PERSONS)
                .allSatisfy((record, files) -> assertThat(files).as(record).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("derived")
    void a_derived_figure_names_figures_and_known_codes_of_their_dimensions(String file) {
        JsonNode derive = Contracts.yaml("indicators/" + file).path("derive");
        List<String> operands = new ArrayList<>(texts(derive.path("of")));
        operands.addAll(texts(derive.path("reported")));
        for (String operand : List.of("part", "whole", "minus")) {
            operands.addAll(texts(derive.path(operand).path("of")));
        }

        assertThat(operands).isNotEmpty().allMatch(code -> indicators().contains(code + ".yaml"));
        for (String operand : List.of("part", "whole", "minus")) {
            JsonNode looked = derive.path(operand);
            looked.path("where").properties().stream()
                    .filter(where -> texts(where.getValue()).stream().noneMatch(code -> code.contains("..")))
                    .forEach(where -> assertThat(codes(
                                    Contracts.yaml(
                                            "indicators/" + looked.path("of").asText() + ".yaml"),
                                    where.getKey()))
                            .as(where.getKey())
                            .containsAll(texts(where.getValue())));
        }
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void every_list_that_an_indicator_names_exists(String file) {
        assertThat(texts(Contracts.yaml("indicators/" + file).path("lists")))
                .isSubsetOf(Stream.of("reference/lists", "reference/college-lists")
                        .flatMap(folder -> Contracts.files(folder, ".csv").stream())
                        .map(name -> name.replace(".csv", ""))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("indicators")
    void every_dimension_and_list_has_a_name(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);
        assertThat(texts(indicator.path("dimensions")))
                .isSubsetOf(Contracts.column("reference/dimensions.csv", "code"));
        assertThat(texts(indicator.path("lists"))).isSubsetOf(Contracts.column("reference/lists.csv", "code"));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void every_field_that_an_indicator_reads_is_a_field_of_its_record(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);
        Set<String> own = fields(indicator.path("record").asText());

        boolean distinct = indicator.path("measure").path("kind").asText().equals("distinct");
        assertThat(texts(indicator.path("measure").path("of"))).isSubsetOf(distinct ? known(indicator) : own);
        periodFields(indicator.path("period")).forEach(path -> {
            String[] parts = path.split("\\.", -1);
            assertThat(
                            parts.length == 1
                                    ? own
                                    : fields(indicator
                                            .path("join")
                                            .path(parts[0])
                                            .asText()))
                    .contains(parts[parts.length - 1]);
        });
        indicator.path("numbers").forEach(of -> assertThat(own).containsAll(texts(of)));
        indicator
                .path("join")
                .fieldNames()
                .forEachRemaining(field -> assertThat(own).contains(field));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void every_dimension_is_a_field_of_the_record_or_of_the_one_it_joins(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);

        assertThat(known(indicator)).containsAll(texts(indicator.path("dimensions")));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void lists_and_regions_follow_from_exactly_one_country_among_the_dimensions(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);
        List<String> dimensions = texts(indicator.path("dimensions"));

        boolean ofCountries = texts(indicator.path("lists")).stream()
                .anyMatch(list -> Contracts.files("reference/lists", ".csv").contains(list + ".csv"));
        assertThat(dimensions.stream().filter(COUNTRIES::contains))
                .hasSizeBetween(ofCountries || dimensions.contains("region") ? 1 : 0, 1);
    }

    @ParameterizedTest
    @MethodSource("counted")
    void lists_of_colleges_follow_from_the_college(String file) {
        JsonNode indicator = Contracts.yaml("indicators/" + file);

        assertThat(texts(indicator.path("lists")).stream()
                        .anyMatch(list -> Contracts.files("reference/college-lists", ".csv")
                                .contains(list + ".csv")))
                .isEqualTo(texts(indicator.path("dimensions")).contains("college"));
    }

    @ParameterizedTest
    @MethodSource("counted")
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
        if (COUNTRIES.contains(field)) {
            return Contracts.column("reference/countries.csv", "alpha3");
        }
        List<String> records = new ArrayList<>(List.of(indicator.path("record").asText()));
        records.addAll(texts(indicator.path("join")));
        if (records.stream()
                .anyMatch(record ->
                        properties(record).path(field).path("type").asText().equals("boolean"))) {
            return List.of("true", "false");
        }
        return records.stream()
                .map(record -> properties(record).path(field).path("enum"))
                .flatMap(codes -> texts(codes).stream())
                .toList();
    }

    private static Set<String> known(JsonNode indicator) {
        var known = new HashSet<>(fields(indicator.path("record").asText()));
        indicator.path("join").forEach(joined -> known.addAll(fields(joined.asText())));
        known.addAll(Set.of("province", "region", "subRegion", "record"));
        indicator.path("numbers").fieldNames().forEachRemaining(known::add);
        indicator.path("each").properties().forEach(each -> {
            assertThat(known).contains(each.getValue().asText().split("\\.", -1)[0]);
            known.add(each.getKey());
        });
        return known;
    }

    private static JsonNode properties(String record) {
        return Contracts.json("events/" + record + "-changed.v1.schema.json").at("/$defs/record/properties");
    }

    private static Set<String> fields(String record) {
        return properties(record).properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** Returns the fields of the period; those of a joined record with the field that names it. */
    private static List<String> periodFields(JsonNode period) {
        return period.properties().stream()
                .filter(entry -> !entry.getKey().equals("kind"))
                .flatMap(entry -> entry.getValue().isArray()
                        ? StreamSupport.stream(entry.getValue().spliterator(), false)
                        : Stream.of(entry.getValue()))
                .map(day -> day.isTextual()
                        ? day.asText()
                        : day.path("date").asText(day.path("year").asText()))
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
