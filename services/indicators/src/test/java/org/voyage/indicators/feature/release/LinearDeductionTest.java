package org.voyage.indicators.feature.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.feature.release.LinearDeduction.ValueInterval;

/**
 * Test of the attacker on queries that external readers may not send: if they were answered, it would find the hidden
 * number.
 */
class LinearDeductionTest {

    private final LinearDeduction deduction = new LinearDeduction();

    @Test
    void a_share_of_a_known_whole_reveals_a_hidden_part() {
        BitSet part = newUnknown();
        BitSet whole = unionOf(part, newUnknown());

        deduction.addSum(whole, 976);
        deduction.addShare(part, whole, new BigDecimal("0.31"));

        assertThat(deduction.intervalOf(part)).isEqualTo(new ValueInterval(3, 3));
    }

    @Test
    void a_share_of_a_hidden_whole_reveals_the_possible_values_of_both() {
        BitSet part = newUnknown();
        BitSet whole = unionOf(part, newUnknown());

        deduction.addShare(part, whole, new BigDecimal("33.33"));
        deduction.addShare(newUnknown(), whole, new BigDecimal("50.00"));
        deduction.addSum(unionOf(whole, newUnknown()), 11);

        assertThat(deduction.isPossible(part, 2)).isTrue();
        assertThat(deduction.isPossible(part, 3)).isFalse();
        assertThat(deduction.isPossible(whole, 6)).isTrue();
        assertThat(deduction.isPossible(whole, 8)).isFalse();
    }

    @Test
    void a_change_from_a_known_year_reveals_a_hidden_one() {
        BitSet before = newUnknown();
        BitSet after = newUnknown();

        deduction.addSum(before, 40);
        deduction.addChange(before, after, new BigDecimal("-92.5"));

        assertThat(deduction.intervalOf(after)).isEqualTo(new ValueInterval(3, 3));
    }

    @Test
    void a_cell_of_two_crossed_tables_reveals_the_others() {
        BitSet few = newUnknown();
        BitSet beside = newUnknown();
        BitSet below = newUnknown();
        BitSet rest = newUnknown();

        deduction.addSum(unionOf(few, beside), 15);
        deduction.addSum(unionOf(few, below), 20);
        deduction.addSum(unionOf(unionOf(few, beside), unionOf(below, rest)), 100);
        deduction.addSum(rest, 69);

        assertThat(deduction.intervalOf(few)).isEqualTo(new ValueInterval(4, 4));
    }

    @Test
    void two_stocks_reveal_the_arrivals_if_the_departures_are_known() {
        BitSet before = newUnknown();
        BitSet after = newUnknown();
        BitSet come = newUnknown();
        BitSet left = newUnknown();

        deduction.addSum(before, 12);
        deduction.addSum(after, 15);
        deduction.addStocks(before, come, left, after);
        assertThat(deduction.intervalOf(come)).isEqualTo(new ValueInterval(3, 15));
        deduction.addSum(left, 0);

        assertThat(deduction.intervalOf(come)).isEqualTo(new ValueInterval(3, 3));
    }

    @Test
    void whoever_knows_that_one_of_two_is_small_knows_what_the_other_cannot_be() {
        BitSet one = newUnknown();
        BitSet other = newUnknown();

        deduction.addSum(unionOf(one, other), 30);
        deduction.addEitherIsSmall(one, other, 30);

        assertThat(deduction.intervalOf(one)).isEqualTo(new ValueInterval(1, 29));
        assertThat(deduction.isPossible(one, 9)).isTrue();
        assertThat(deduction.isPossible(one, 15)).isFalse();
        assertThat(deduction.isPossible(one, 21)).isTrue();
    }

    @Test
    void unknowns_that_occur_together_are_separated_when_one_is_queried() {
        BitSet one = newUnknown();
        BitSet other = newUnknown();

        deduction.addSum(unionOf(one, unionOf(other, newUnknown())), 5);

        assertThat(deduction.intervalOf(one)).isEqualTo(new ValueInterval(0, 5));
        assertThat(deduction.intervalOf(one, other)).isEqualTo(new ValueInterval(-5, 5));
    }

    private BitSet newUnknown() {
        BitSet unknown = new BitSet();
        unknown.set(deduction.newUnknown());
        return unknown;
    }

    private static BitSet unionOf(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return both;
    }
}
