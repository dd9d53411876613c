package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationResultTest {

    private static final PublishedComparison GROWTH = comparisonOf("growth", "22.5", "22.8");
    private static final PublishedComparison COUNT = comparisonOf("count", "221", "221");

    @Test
    void one_line_that_differs_is_enough_to_fail() {
        assertThat(new ReconciliationResult(List.of(COUNT, GROWTH), List.of()).isMatch())
                .isFalse();
        assertThat(new ReconciliationResult(List.of(COUNT), List.of()).isMatch())
                .isTrue();
    }

    @Test
    void the_command_ends_with_1_when_a_figure_differs_and_with_0_otherwise() {
        assertThat(DemoMain.exitStatusOf(false)).isEqualTo(1);
        assertThat(DemoMain.exitStatusOf(true)).isZero();
    }

    @Test
    void what_no_whole_number_gives_may_differ_and_is_named() {
        ReconciliationResult reconciliation =
                new ReconciliationResult(List.of(COUNT, GROWTH), List.of(contradictionOf("growth-of-no-whole-number")));

        assertThat(reconciliation.isMatch()).isTrue();
        assertThat(reconciliation.impossibleComparisons()).containsExactly(GROWTH);
    }

    @Test
    void a_differing_count_is_no_match_even_with_an_impossible_growth() {
        assertThat(new ReconciliationResult(
                                List.of(comparisonOf("count", "221", "220"), GROWTH),
                                List.of(contradictionOf("growth-of-no-whole-number")))
                        .isMatch())
                .isFalse();
    }

    @Test
    void any_other_contradiction_of_the_source_excuses_nothing() {
        assertThat(new ReconciliationResult(List.of(COUNT, GROWTH), List.of(contradictionOf("growth-recomputed")))
                        .isMatch())
                .isFalse();
    }

    private static PublishedContradiction contradictionOf(String rule) {
        return new PublishedContradiction(rule, List.of("growth@2023", "count@2023"), "both cannot be");
    }

    private static PublishedComparison comparisonOf(String figure, String published, String live) {
        return new PublishedComparison(
                "standards",
                figure,
                "2023",
                "=",
                new BigDecimal(published),
                new BigDecimal(live),
                published.equals(live),
                "things");
    }
}
