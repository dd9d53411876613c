package org.voyage.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final Comparison GROWTH = compared("growth", "22.5", "22.8");
    private static final Comparison COUNT = compared("count", "221", "221");

    @Test
    void one_line_that_differs_is_enough_to_fail() {
        assertThat(new Reconciliation(List.of(COUNT, GROWTH), List.of()).matches())
                .isFalse();
        assertThat(new Reconciliation(List.of(COUNT), List.of()).matches()).isTrue();
    }

    @Test
    void what_no_whole_number_gives_may_differ_and_is_named() {
        Reconciliation reconciliation =
                new Reconciliation(List.of(COUNT, GROWTH), List.of(contradiction("growth-of-no-whole-number")));

        assertThat(reconciliation.matches()).isTrue();
        assertThat(reconciliation.impossible()).containsExactly(GROWTH);
    }

    @Test
    void the_count_beside_it_must_be_equal_all_the_same() {
        assertThat(new Reconciliation(
                                List.of(compared("count", "221", "220"), GROWTH),
                                List.of(contradiction("growth-of-no-whole-number")))
                        .matches())
                .isFalse();
    }

    @Test
    void any_other_contradiction_of_the_source_excuses_nothing() {
        assertThat(new Reconciliation(List.of(COUNT, GROWTH), List.of(contradiction("growth-recomputed"))).matches())
                .isFalse();
    }

    private static Contradiction contradiction(String rule) {
        return new Contradiction(rule, List.of("growth@2023", "count@2023"), "both cannot be");
    }

    private static Comparison compared(String figure, String published, String live) {
        return new Comparison(
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
