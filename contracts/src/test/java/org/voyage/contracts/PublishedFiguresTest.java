package org.voyage.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedFiguresTest {

    static List<Map<String, String>> overseas() {
        return Stream.of("published/series.csv", "published/figures.csv")
                .flatMap(file -> Contracts.rows(file).stream())
                .filter(row -> "overseas".equals(row.get("service")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("overseas")
    void every_overseas_line_names_an_indicator_and_a_query_that_it_can_answer(Map<String, String> row) {
        String slice = Objects.requireNonNull(row.get("slice"));

        assertThat(Contracts.files("indicators", ".yaml")).contains(row.get("indicator") + ".yaml");
        assertThat(slice).matches("period=[0-9]{4}(-[0-9]{2})?(&[a-zA-Z]+=[a-z0-9-]+)*");
        Stream.of(slice.split("&", -1)).skip(1).forEach(PublishedFiguresTest::assertKnown);
    }

    @Test
    void no_figure_of_the_overseas_service_is_missing() {
        assertThat(overseas()).hasSize(23);
        assertThat(Contracts.rows("published/series.csv")).hasSize(60);
        assertThat(Contracts.rows("published/figures.csv")).hasSize(37);
    }

    @Test
    void lines_of_other_services_wait_for_their_indicators() {
        assertThat(Stream.of("published/series.csv", "published/figures.csv")
                        .flatMap(file -> Contracts.rows(file).stream())
                        .filter(row -> !"overseas".equals(row.get("service"))))
                .allSatisfy(row -> {
                    assertThat(row).containsEntry("indicator", "");
                    assertThat(row).containsEntry("slice", "");
                });
    }

    private static void assertKnown(String filter) {
        String[] parts = filter.split("=", 2);
        var files = Map.of("region", "regions", "brand", "brands", "province", "provinces");
        assertThat(files).containsKey(parts[0]);
        assertThat(Set.copyOf(Contracts.column("reference/" + files.get(parts[0]) + ".csv", "code")))
                .contains(parts[1]);
    }
}
