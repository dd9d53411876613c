package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationReportTest {

    @Test
    void columns_stand_under_each_other_when_names_are_chinese() {
        String table = printReport(
                new PublishedComparison(
                        "overseas", "鲁班工坊", "2021-08", "=", new BigDecimal("25"), new BigDecimal("25"), true, "个"),
                new PublishedComparison(
                        "overseas",
                        "students",
                        "2023",
                        "=",
                        new BigDecimal("33663"),
                        new BigDecimal("33660"),
                        false,
                        "people"));
        List<String> rows = table.lines()
                .filter(line -> line.contains("2021-08") || line.contains("2023"))
                .toList();
        assertThat(TextWidth.columnsOf(rows.get(0).substring(0, rows.get(0).indexOf("2021-08"))))
                .isEqualTo(
                        TextWidth.columnsOf(rows.get(1).substring(0, rows.get(1).indexOf("2023"))));
        assertThat(rows.get(1)).contains("33,663", "33,660", "-3");
    }

    @Test
    void what_cannot_be_computed_is_shown_but_not_compared() {
        String table = printReport(
                new PublishedComparison("feeds", "later", "2023", "=", BigDecimal.ONE, null, true, "things"));
        assertThat(table).contains("—").contains("1 published figures, 0 comparable, 0 equal");
    }

    @Test
    void figures_are_listed_under_their_service_and_lower_bounds_are_marked() {
        String table = printReport(
                new PublishedComparison(
                        "mobility", "students", "2023", "=", BigDecimal.ONE, BigDecimal.ONE, true, "people"),
                new PublishedComparison(
                        "standards", "many", "2021", ">", BigDecimal.ONE, BigDecimal.TWO, true, "things"),
                new PublishedComparison(
                        "mobility", "majors", "2023", "=", BigDecimal.ONE, BigDecimal.ONE, true, "majors"));
        List<String> first = table.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();
        assertThat(first).containsSubsequence("mobility", "students", "majors", "standards", "many");
        assertThat(table).contains("> 1").contains("3 comparable, 3 equal");
    }

    @Test
    void a_unit_of_many_words_does_not_break_the_line_under_the_headings() {
        String table = printReport(new PublishedComparison(
                "mobility",
                "colleges",
                "2023",
                "=",
                BigDecimal.ONE,
                BigDecimal.ONE,
                true,
                "colleges whose full-time teachers guide enterprises abroad for more than 10 person-days"));
        assertThat(table.lines().filter(line -> line.contains("───")))
                .singleElement()
                .satisfies(line -> assertThat(TextWidth.columnsOf(line)).isLessThan(80));
    }

    @Test
    void what_no_records_can_equal_is_named_with_the_contradiction() {
        String table = printReport(new ReconciliationResult(
                List.of(new PublishedComparison(
                        "standards", "growth", "2023", "=", BigDecimal.ONE, BigDecimal.TWO, false, "%")),
                List.of(new PublishedContradiction(
                        "growth-of-no-whole-number", List.of("growth@2023", "count@2023"), "both cannot be"))));
        assertThat(table)
                .contains("1 comparable, 0 equal")
                .contains("No records can equal: growth 2023")
                .contains("growth@2023, count@2023: both cannot be");
    }

    private static String printReport(PublishedComparison... comparisons) {
        return printReport(new ReconciliationResult(List.of(comparisons), List.of()));
    }

    private static String printReport(ReconciliationResult reconciliation) {
        var bytes = new ByteArrayOutputStream();
        ReconciliationReport.printReport(new PrintStream(bytes, true, StandardCharsets.UTF_8), reconciliation);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
