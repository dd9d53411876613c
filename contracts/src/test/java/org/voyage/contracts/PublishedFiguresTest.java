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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedFiguresTest {

    /**
     * Lines that need shares, growth, thresholds or lists of colleges; the figures of alliances are not counted here, and
     * the foreign teachers were published for institutions that do not report.
     */
    private static final Set<String> WAITING = Set.of(
            "outbound-internship-colleges",
            "teacher-guidance-colleges",
            "inbound-growth-2015-2019",
            "inbound-asia-share",
            "inbound-majors-double-high",
            "inbound-majors-double-high-share",
            "inbound-students-double-high",
            "inbound-students-double-high-share",
            "inbound-provinces-over-500",
            "vocational-share-of-all-inbound",
            "teacher-training-provinces-over-10000",
            "cooperative-institutions-growth-2016",
            "cooperation-partners-na-oc-eu-share",
            "cooperation-bri",
            "curriculum-standards-double-high",
            "curriculum-standards-double-high-share",
            "curriculum-standards-guangxi-growth",
            "curriculum-standards-guangxi-asean-share",
            "foreign-teachers-in-schools",
            "wfcp-universities",
            "wfcp-countries",
            "wfcp-enterprises",
            "wfcp-industry-organisations");

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
        assertThat(slice).matches("period=[0-9]{4}(-[0-9]{2})?(&[a-zA-Z]+=[A-Za-z0-9-]+)*");
        JsonNode indicator = Contracts.yaml("indicators/" + row.get("indicator") + ".yaml");
        Stream.of(slice.split("&", -1)).skip(1).forEach(filter -> assertKnown(indicator, filter));
    }

    @ParameterizedTest
    @MethodSource("computed")
    void a_line_is_computed_from_records_of_its_own_service(Map<String, String> row) {
        String record = Contracts.yaml("indicators/" + row.get("indicator") + ".yaml")
                .path("record")
                .asText();

        assertThat(Contracts.yaml("records/" + record + ".yaml").path("service").asText())
                .isEqualTo(row.get("service"));
    }

    @Test
    void no_line_is_missing() {
        assertThat(Contracts.rows("published/series.csv")).hasSize(60);
        assertThat(Contracts.rows("published/figures.csv")).hasSize(37);
        assertThat(computed().stream().collect(Collectors.groupingBy(row -> row.get("service"), Collectors.counting())))
                .isEqualTo(Map.of("mobility", 9L, "cooperation", 28L, "overseas", 23L, "standards", 10L));
    }

    @Test
    void only_lines_whose_kind_of_figure_does_not_exist_yet_wait_for_an_indicator() {
        assertThat(lines().stream()
                        .filter(row -> "".equals(row.get("indicator")))
                        .peek(row -> assertThat(row).containsEntry("slice", ""))
                        .map(row -> row.getOrDefault("series", row.get("figure")))
                        .collect(Collectors.toSet()))
                .isEqualTo(WAITING);
    }

    private static void assertKnown(JsonNode indicator, String filter) {
        String[] parts = filter.split("=", 2);
        String dimension = parts[0];
        assertThat(indicator.path("dimensions").valueStream().map(JsonNode::asText))
                .contains(dimension);
        switch (dimension) {
            case "region", "province" ->
                assertThat(Contracts.column("reference/" + dimension + "s.csv", "code"))
                        .contains(parts[1]);
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
