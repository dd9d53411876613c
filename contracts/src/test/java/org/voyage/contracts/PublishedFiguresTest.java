package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedFiguresTest {

    /** Lines that the records cannot give: students of all institutions, and foreign teachers of schools that do not report here. */
    private static final Set<String> NOT_FROM_RECORDS =
            Set.of("international-students-in-china", "foreign-teachers-in-schools");

    static List<Map<String, String>> lines() {
        return Stream.of("published/series.csv", "published/figures.csv")
                .flatMap(file -> Contracts.rows(file).stream())
                .toList();
    }

    static List<Map<String, String>> computed() {
        return lines().stream().filter(row -> !"".equals(row.get("indicator"))).toList();
    }

    @ParameterizedTest
    @MethodSource("computed")
    void a_line_with_an_indicator_asks_a_question_that_it_can_answer(Map<String, String> row) {
        String slice = Objects.requireNonNull(row.get("slice"));

        assertThat(Contracts.files("indicators", ".yaml")).contains(row.get("indicator") + ".yaml");
        assertThat(slice).matches("period=[0-9]{4}(-[0-9]{2}|\\.\\.[0-9]{4})?(&[a-zA-Z]+=[A-Za-z0-9,-]+(@then)?)*");
        JsonNode indicator = counted(row.get("indicator"));
        Stream.of(slice.split("&", -1)).skip(1).forEach(filter -> assertKnown(indicator, filter));
    }

    @ParameterizedTest
    @MethodSource("computed")
    void a_line_is_computed_from_records_of_its_own_service(Map<String, String> row) {
        String record = counted(row.get("indicator")).path("record").asText();

        assertThat(Contracts.yaml("records/" + record + ".yaml").path("service").asText())
                .isEqualTo(row.get("service"));
    }

    @Test
    void no_line_is_missing() {
        assertThat(Contracts.rows("published/series.csv")).hasSize(61);
        assertThat(Contracts.rows("published/figures.csv")).hasSize(37);
        assertThat(computed().stream().collect(Collectors.groupingBy(row -> row.get("service"), Collectors.counting())))
                .isEqualTo(Map.of("mobility", 24L, "cooperation", 31L, "overseas", 23L, "standards", 14L, "feeds", 4L));
    }

    @Test
    void only_lines_that_records_cannot_give_have_no_indicator() {
        assertThat(lines().stream()
                        .filter(row -> "".equals(row.get("indicator")))
                        .peek(row -> assertThat(row).containsEntry("slice", ""))
                        .map(row -> row.getOrDefault("series", row.get("figure")))
                        .collect(Collectors.toSet()))
                .isEqualTo(NOT_FROM_RECORDS);
    }

    /** Returns the counted figure at the beginning of a figure: itself, or the first that it is derived from. */
    private static JsonNode counted(@Nullable String code) {
        JsonNode indicator = Contracts.yaml("indicators/" + code + ".yaml");
        JsonNode derive = indicator.path("derive");
        if (derive.isMissingNode()) {
            return indicator;
        }
        JsonNode of = derive.has("part") ? derive.path("part").path("of") : derive.path("of");
        return counted(of.isArray() ? of.path(0).asText() : of.asText());
    }

    private static void assertKnown(JsonNode indicator, String filter) {
        String[] parts = filter.split("=", 2);
        String dimension = parts[0];
        if (dimension.equals("list")) {
            assertThat(indicator.path("lists").valueStream().map(JsonNode::asText))
                    .contains(parts[1].replace("@then", ""));
            return;
        }
        assertThat(indicator.path("dimensions").valueStream().map(JsonNode::asText))
                .contains(dimension);
        switch (dimension) {
            case "region", "province" ->
                assertThat(Contracts.column("reference/" + dimension + "s.csv", "code"))
                        .contains(parts[1].split(",", -1));
            // Alliances are admitted at run time; their codes are on no list.
            case "alliance" -> assertThat(parts[1]).matches("[A-Z0-9]{2,20}");
            case "country" ->
                assertThat(Contracts.column("reference/countries.csv", "alpha3"))
                        .contains(parts[1]);
            default -> assertThat(codes(indicator, dimension)).contains(parts[1]);
        }
    }

    private static List<String> codes(JsonNode indicator, String field) {
        List<String> records = new ArrayList<>(List.of(indicator.path("record").asText()));
        indicator.path("join").forEach(joined -> records.add(joined.asText()));
        return records.stream()
                .flatMap(record -> Contracts.yaml("records/" + record + ".yaml")
                        .path("fields")
                        .valueStream())
                .filter(known -> known.path("name").asText().equals(field))
                .flatMap(known ->
                        Contracts.column("reference/" + known.path("codes").asText() + ".csv", "code").stream())
                .toList();
    }
}
