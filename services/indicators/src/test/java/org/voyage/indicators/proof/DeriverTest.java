package org.voyage.indicators.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.indicator.Unit;
import org.voyage.indicators.live.World;

/** The formulas, by numbers that one can check in the head. */
class DeriverTest {

    private static final Figure SCHOOLS =
            World.CATALOGUE.find("overseas-schools").orElseThrow();
    private static final Figure STUDENTS =
            World.CATALOGUE.find("overseas-students").orElseThrow();
    private static final Span YEARS = new Span(LocalDate.of(2021, 1, 1), LocalDate.of(2023, 12, 31));
    private static final Text TEXT = new Text("", "");

    @Test
    void a_sum_adds_up_at_every_place() {
        assertThat(by(new Rule.Sum(List.of(SCHOOLS, STUDENTS)), Map.of("12", 2L, "32", 3L)))
                .isEqualTo(values(Map.of("12", "4", "32", "6")));
    }

    @Test
    void a_share_of_the_whole_that_is_not_split_is_told_where_there_is_a_part() {
        Rule.Operand part = new Rule.Operand(SCHOOLS, Map.of(), Set.of());
        Rule.Operand whole = new Rule.Operand(STUDENTS, Map.of(), Set.of("province"));

        Map<List<String>, BigDecimal> shares = new Deriver(
                        sought -> sought.figure().equals(SCHOOLS)
                                ? values(Map.of("12", "1", "32", "3"))
                                : Map.of(List.of(), BigDecimal.valueOf(4)))
                .values(sought(new Rule.Share(part, whole), List.of("province")));

        assertThat(shares).isEqualTo(values(Map.of("12", "25", "32", "75")));
    }

    @Test
    void a_share_is_nothing_where_the_whole_is_nothing_and_0_where_only_the_part_is() {
        Rule.Operand part = new Rule.Operand(SCHOOLS, Map.of(), Set.of());
        Rule.Operand whole = new Rule.Operand(STUDENTS, Map.of(), Set.of());

        Map<List<String>, BigDecimal> shares = new Deriver(
                        sought -> values(sought.figure().equals(SCHOOLS) ? Map.of("12", "1") : Map.of("32", "3")))
                .values(sought(new Rule.Share(part, whole), List.of("province")));

        assertThat(shares).isEqualTo(values(Map.of("32", "0")));
    }

    @Test
    void a_change_is_against_the_same_days_before() {
        Map<List<String>, BigDecimal> changes = new Deriver(sought ->
                        values(Map.of("12", sought.span().to().equals(LocalDate.of(2021, 12, 31)) ? "8" : "10")))
                .values(sought(new Rule.Change(SCHOOLS, 2), List.of("province")));

        assertThat(changes).isEqualTo(values(Map.of("12", "25")));
    }

    @Test
    void a_growth_is_compounded() {
        Map<List<String>, BigDecimal> growths = new Deriver(sought -> values(Map.of(
                        "12", sought.span().to().getYear() == 2021 ? "100" : "121",
                        "32", sought.span().to().getYear() == 2021 ? "4" : "1",
                        "46", sought.span().to().getYear() == 2021 ? "4" : "0")))
                .values(sought(new Rule.Growth(SCHOOLS), List.of("province")));

        growths.replaceAll((at, growth) -> growth.stripTrailingZeros());
        assertThat(growths).isEqualTo(values(Map.of("12", "1E+1", "32", "-5E+1", "46", "-1E+2")));
    }

    @Test
    void what_looks_at_each_code_leaves_out_what_has_none() {
        Map<String, Long> each = Map.of("asia", 3L, "africa", 1L, "unknown", 7L);

        assertThat(value(new Rule.Herfindahl(SCHOOLS, "region"), each)).isEqualTo("6250");
        assertThat(value(new Rule.Top(SCHOOLS, "region", 1), each)).isEqualTo("75");
        assertThat(value(new Rule.Top(SCHOOLS, "region", 5), each)).isEqualTo("100");
        assertThat(value(new Rule.Over(SCHOOLS, "region", 1), each)).isEqualTo("1");
    }

    @Test
    void a_median_is_the_middle_one_or_the_mean_of_two() {
        Rule median = new Rule.Median(SCHOOLS, "stay");

        assertThat(value(median, Map.of("9", 1L, "10", 1L, "-5", 1L))).isEqualTo("9");
        assertThat(value(median, Map.of("9", 2L, "10", 2L))).isEqualTo("9.5");
        assertThat(value(median, Map.of("9", 2L, "10", 1L, "unknown", 9L))).isEqualTo("9");
    }

    private static String value(Rule rule, Map<String, Long> each) {
        Map<List<String>, BigDecimal> values = new Deriver(sought -> values(each)).values(sought(rule, List.of()));
        return values.getOrDefault(List.of(), BigDecimal.ZERO)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Map<List<String>, BigDecimal> by(Rule rule, Map<String, Long> provinces) {
        return new Deriver(sought -> values(provinces)).values(sought(rule, List.of("province")));
    }

    private static Sought sought(Rule rule, List<String> by) {
        Derived figure = new Derived("any", 1, TEXT, new Unit("any", "", ""), rule, by, List.of(), TEXT);
        return new Sought("", figure, by, Map.of(), YEARS);
    }

    private static Map<List<String>, BigDecimal> values(Map<String, ?> byCode) {
        Map<List<String>, BigDecimal> values = new HashMap<>();
        byCode.forEach((code, value) -> values.put(List.of(code), new BigDecimal(value.toString())));
        return values;
    }
}
