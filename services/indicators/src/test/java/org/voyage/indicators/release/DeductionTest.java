package org.voyage.indicators.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.release.Deduction.Interval;

/** What readers outside are refused would tell them: the attacker is known to find it, if it were ever answered. */
class DeductionTest {

    private final Deduction deduction = new Deduction();

    @Test
    void a_share_of_a_known_whole_tells_a_hidden_part() {
        BitSet part = unknown();
        BitSet whole = both(part, unknown());

        deduction.sum(whole, 976);
        deduction.share(part, whole, new BigDecimal("0.31"));

        assertThat(deduction.interval(part)).isEqualTo(new Interval(3, 3));
    }

    @Test
    void a_share_of_a_hidden_whole_tells_what_both_can_be() {
        BitSet part = unknown();
        BitSet whole = both(part, unknown());

        deduction.share(part, whole, new BigDecimal("33.33"));
        deduction.share(unknown(), whole, new BigDecimal("50.00"));
        deduction.sum(both(whole, unknown()), 11);

        assertThat(deduction.isPossible(part, 2)).isTrue();
        assertThat(deduction.isPossible(part, 3)).isFalse();
        assertThat(deduction.isPossible(whole, 6)).isTrue();
        assertThat(deduction.isPossible(whole, 8)).isFalse();
    }

    @Test
    void a_change_from_a_known_year_tells_a_hidden_one() {
        BitSet before = unknown();
        BitSet after = unknown();

        deduction.sum(before, 40);
        deduction.change(before, after, new BigDecimal("-92.5"));

        assertThat(deduction.interval(after)).isEqualTo(new Interval(3, 3));
    }

    @Test
    void a_cell_of_two_tables_crossed_tells_the_others() {
        BitSet few = unknown();
        BitSet beside = unknown();
        BitSet below = unknown();
        BitSet rest = unknown();

        deduction.sum(both(few, beside), 15);
        deduction.sum(both(few, below), 20);
        deduction.sum(both(both(few, beside), both(below, rest)), 100);
        deduction.sum(rest, 69);

        assertThat(deduction.interval(few)).isEqualTo(new Interval(4, 4));
    }

    @Test
    void two_stocks_tell_who_came_if_it_is_known_that_nobody_left() {
        BitSet before = unknown();
        BitSet after = unknown();
        BitSet come = unknown();
        BitSet left = unknown();

        deduction.sum(before, 12);
        deduction.sum(after, 15);
        deduction.stocks(before, come, left, after);
        assertThat(deduction.interval(come)).isEqualTo(new Interval(3, 15));
        deduction.sum(left, 0);

        assertThat(deduction.interval(come)).isEqualTo(new Interval(3, 3));
    }

    @Test
    void whoever_knows_that_one_of_two_is_small_knows_what_the_other_cannot_be() {
        BitSet one = unknown();
        BitSet other = unknown();

        deduction.sum(both(one, other), 30);
        deduction.eitherIsSmall(one, other, 30);

        assertThat(deduction.interval(one)).isEqualTo(new Interval(1, 29));
        assertThat(deduction.isPossible(one, 9)).isTrue();
        assertThat(deduction.isPossible(one, 15)).isFalse();
        assertThat(deduction.isPossible(one, 21)).isTrue();
    }

    @Test
    void unknowns_that_stand_together_are_told_apart_when_one_is_asked_for() {
        BitSet one = unknown();
        BitSet other = unknown();

        deduction.sum(both(one, both(other, unknown())), 5);

        assertThat(deduction.interval(one)).isEqualTo(new Interval(0, 5));
        assertThat(deduction.interval(one, other)).isEqualTo(new Interval(-5, 5));
    }

    private BitSet unknown() {
        BitSet unknown = new BitSet();
        unknown.set(deduction.unknown());
        return unknown;
    }

    private static BitSet both(BitSet one, BitSet other) {
        BitSet both = (BitSet) one.clone();
        both.or(other);
        return both;
    }
}
