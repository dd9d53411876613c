package org.voyage.indicators.feature.verification.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;

/** Test of the formulas with simple numbers. */
class IndependentDeriverTest {

    private static final Figure SCHOOLS =
            TestFigures.CATALOGUE.findFigure("overseas-schools").orElseThrow();
    private static final Figure STUDENTS =
            TestFigures.CATALOGUE.findFigure("overseas-students").orElseThrow();
    private static final DateRange YEARS = new DateRange(LocalDate.of(2021, 1, 1), LocalDate.of(2023, 12, 31));
    private static final LocalizedText TEXT = new LocalizedText("", "");

    @Test
    void a_sum_adds_up_at_every_place() {
        assertThat(deriveByProvince(new DerivationRule.SumRule(List.of(SCHOOLS, STUDENTS)), Map.of("12", 2L, "32", 3L)))
                .isEqualTo(valuesByCode(Map.of("12", "4", "32", "6")));
    }

    @Test
    void a_share_of_an_unsplit_whole_is_computed_where_a_part_exists() {
        DerivationRule.ShareOperand part = new DerivationRule.ShareOperand(SCHOOLS, Map.of(), Set.of());
        DerivationRule.ShareOperand whole = new DerivationRule.ShareOperand(STUDENTS, Map.of(), Set.of("province"));

        Map<List<String>, BigDecimal> shares = new IndependentDeriver(
                        spec -> spec.figure().equals(SCHOOLS)
                                ? valuesByCode(Map.of("12", "1", "32", "3"))
                                : Map.of(List.of(), BigDecimal.valueOf(4)))
                .computeValues(valueSpec(new DerivationRule.ShareRule(part, whole), List.of("province")));

        assertThat(shares).isEqualTo(valuesByCode(Map.of("12", "25", "32", "75")));
    }

    @Test
    void a_share_of_a_published_number_is_computed_for_each_part_and_for_the_nation_even_if_it_is_0() {
        DerivationRule.ShareOperand part = new DerivationRule.ShareOperand(SCHOOLS, Map.of(), Set.of());
        DerivationRule.PublishedShareRule rule = new DerivationRule.PublishedShareRule(part, "all-schools");
        IndependentDeriver deriver = new IndependentDeriver(
                spec -> spec.breakdowns().isEmpty() ? Map.of() : valuesByCode(Map.of("12", "1")),
                (series, year) -> year == 2023 ? Optional.of(BigDecimal.valueOf(4)) : Optional.empty());

        assertThat(deriver.computeValues(valueSpec(rule, List.of("province"))))
                .isEqualTo(valuesByCode(Map.of("12", "25")));
        assertThat(deriver.computeValues(valueSpec(rule, List.of())).get(List.of()))
                .isEqualByComparingTo("0");
    }

    @Test
    void a_share_is_nothing_where_the_whole_is_nothing_and_0_where_only_the_part_is() {
        DerivationRule.ShareOperand part = new DerivationRule.ShareOperand(SCHOOLS, Map.of(), Set.of());
        DerivationRule.ShareOperand whole = new DerivationRule.ShareOperand(STUDENTS, Map.of(), Set.of());

        Map<List<String>, BigDecimal> shares = new IndependentDeriver(
                        spec -> valuesByCode(spec.figure().equals(SCHOOLS) ? Map.of("12", "1") : Map.of("32", "3")))
                .computeValues(valueSpec(new DerivationRule.ShareRule(part, whole), List.of("province")));

        assertThat(shares).isEqualTo(valuesByCode(Map.of("32", "0")));
    }

    @Test
    void a_change_is_against_the_same_days_before() {
        Map<List<String>, BigDecimal> changes = new IndependentDeriver(spec ->
                        valuesByCode(Map.of("12", spec.dates().to().equals(LocalDate.of(2021, 12, 31)) ? "8" : "10")))
                .computeValues(valueSpec(new DerivationRule.ChangeRule(SCHOOLS, 2), List.of("province")));

        assertThat(changes).isEqualTo(valuesByCode(Map.of("12", "25")));
    }

    @Test
    void a_growth_is_compounded() {
        Map<List<String>, BigDecimal> growths = new IndependentDeriver(spec -> valuesByCode(Map.of(
                        "12", spec.dates().to().getYear() == 2021 ? "100" : "121",
                        "32", spec.dates().to().getYear() == 2021 ? "4" : "1",
                        "46", spec.dates().to().getYear() == 2021 ? "4" : "0")))
                .computeValues(valueSpec(new DerivationRule.GrowthRule(SCHOOLS), List.of("province")));

        growths.replaceAll((at, growth) -> growth.stripTrailingZeros());
        assertThat(growths).isEqualTo(valuesByCode(Map.of("12", "1E+1", "32", "-5E+1", "46", "-1E+2")));
    }

    @Test
    void what_looks_at_each_code_leaves_out_what_has_none() {
        Map<String, Long> each = Map.of("asia", 3L, "africa", 1L, "unknown", 7L);

        assertThat(deriveValue(new DerivationRule.HerfindahlRule(SCHOOLS, "region"), each))
                .isEqualTo("6250");
        assertThat(deriveValue(new DerivationRule.TopShareRule(SCHOOLS, "region", 1), each))
                .isEqualTo("75");
        assertThat(deriveValue(new DerivationRule.TopShareRule(SCHOOLS, "region", 5), each))
                .isEqualTo("100");
        assertThat(deriveValue(new DerivationRule.ThresholdCountRule(SCHOOLS, "region", 1), each))
                .isEqualTo("1");
    }

    @Test
    void a_median_is_the_middle_one_or_the_mean_of_two() {
        DerivationRule median = new DerivationRule.MedianRule(SCHOOLS, "stay");

        assertThat(deriveValue(median, Map.of("9", 1L, "10", 1L, "-5", 1L))).isEqualTo("9");
        assertThat(deriveValue(median, Map.of("9", 2L, "10", 2L))).isEqualTo("9.5");
        assertThat(deriveValue(median, Map.of("9", 2L, "10", 1L, "unknown", 9L)))
                .isEqualTo("9");
    }

    private static String deriveValue(DerivationRule rule, Map<String, Long> each) {
        Map<List<String>, BigDecimal> values =
                new IndependentDeriver(spec -> valuesByCode(each)).computeValues(valueSpec(rule, List.of()));
        return values.getOrDefault(List.of(), BigDecimal.ZERO)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Map<List<String>, BigDecimal> deriveByProvince(DerivationRule rule, Map<String, Long> provinces) {
        return new IndependentDeriver(spec -> valuesByCode(provinces))
                .computeValues(valueSpec(rule, List.of("province")));
    }

    private static ValueSpec valueSpec(DerivationRule rule, List<String> by) {
        DerivedFigure figure = new DerivedFigure("any", 1, TEXT, new Unit("any", "", ""), rule, by, List.of(), TEXT);
        return new ValueSpec("", figure, by, Map.of(), YEARS);
    }

    private static Map<List<String>, BigDecimal> valuesByCode(Map<String, ?> byCode) {
        Map<List<String>, BigDecimal> values = new HashMap<>();
        byCode.forEach((code, value) -> values.put(List.of(code), new BigDecimal(value.toString())));
        return values;
    }
}
