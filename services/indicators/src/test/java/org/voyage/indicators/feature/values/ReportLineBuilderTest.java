package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.feature.format.ReportLine;
import org.voyage.indicators.query.ResultCell;

class ReportLineBuilderTest {

    private static final List<ResultCell> CELLS = List.of(
            cellOf("2022", "KHM", 3),
            cellOf("2022", "LAO", 5),
            cellOf("2022", "THA", 3),
            cellOf("2022", "VNM", 1),
            cellOf("2023", "THA", 7));

    private static final List<ResultCell> WHOLE =
            List.of(new ResultCell(Map.of("year", "2022"), 12), new ResultCell(Map.of("year", "2023"), 7));

    @Test
    void the_largest_of_each_year_come_first_and_equal_ones_by_their_codes() {
        assertThat(toTexts(ReportLineBuilder.buildLines(CELLS, List.of(), new ResultOptions(2, false, false), true)))
                .containsExactly("value 2022 LAO 5", "value 2022 KHM 3", "others 2022 null 4 of 2", "value 2023 THA 7");
    }

    @Test
    void what_does_not_add_up_has_no_others() {
        assertThat(toTexts(ReportLineBuilder.buildLines(CELLS, List.of(), new ResultOptions(1, false, false), false)))
                .containsExactly("value 2022 LAO 5", "value 2023 THA 7");
    }

    @Test
    void values_and_others_share_the_total_of_their_year() {
        List<ReportLine> lines = ReportLineBuilder.buildLines(CELLS, WHOLE, new ResultOptions(2, true, true), true);

        assertThat(lines)
                .filteredOn(line -> line.share() != null)
                .extracting(line -> line.kind().code() + " " + line.share())
                .containsExactly("value 41.67", "value 25.00", "others 33.33", "value 100.00");
        assertThat(toTexts(lines)).endsWith("total 2022 null 12", "total 2023 null 7");
    }

    @Test
    void nothing_has_a_share_of_nothing() {
        assertThat(ReportLineBuilder.buildLines(
                        List.of(cellOf("2022", "THA", 0)),
                        List.of(new ResultCell(Map.of("year", "2022"), 0)),
                        new ResultOptions(0, false, true),
                        true))
                .singleElement()
                .matches(line -> line.share() == null);
    }

    @Test
    void decimals_are_compared_exactly_and_shown_rounded_and_what_has_no_value_comes_last() {
        List<ResultCell> cells = List.of(
                new ResultCell(Map.of("hostCountry", "KHM"), null),
                new ResultCell(Map.of("hostCountry", "LAO"), new BigDecimal("33.331")),
                new ResultCell(Map.of("hostCountry", "THA"), new BigDecimal("33.334")),
                new ResultCell(Map.of("hostCountry", "VNM"), new BigDecimal("50.000")));

        assertThat(ReportLineBuilder.buildLines(cells, List.of(), new ResultOptions(4, false, false), false))
                .extracting(line -> line.coordinates().get("hostCountry") + " " + line.value())
                .containsExactly("VNM 50", "THA 33.33", "LAO 33.33", "KHM null");
    }

    @Test
    void without_a_year_there_is_one_remainder() {
        List<ResultCell> cells = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> new ResultCell(Map.of("hostCountry", "C" + i), i))
                .toList();

        List<ReportLine> lines =
                ReportLineBuilder.buildLines(cells, List.of(), new ResultOptions(3, false, false), true);

        assertThat(lines).hasSize(4);
        assertThat(lines.getLast())
                .isEqualTo(new ReportLine(ReportLine.LineKind.OTHERS, Map.of(), BigDecimal.valueOf(21), null, 6));
    }

    private static ResultCell cellOf(String year, String country, long value) {
        Map<String, String> at = new LinkedHashMap<>();
        at.put("year", year);
        at.put("hostCountry", country);
        return new ResultCell(at, value);
    }

    private static List<String> toTexts(List<ReportLine> lines) {
        return lines.stream()
                .map(line -> line.kind().code() + " " + line.coordinates().get("year") + " "
                        + line.coordinates().get("hostCountry") + " " + line.value()
                        + (line.count() > 1 ? " of " + line.count() : ""))
                .toList();
    }
}
