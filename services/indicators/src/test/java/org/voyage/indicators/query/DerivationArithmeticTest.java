package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DerivationArithmeticTest {

    @Test
    void a_share_has_two_decimals_and_a_share_of_nothing_is_none() {
        assertThat(round(DerivationArithmetic.computePercent(toDecimal(8766), toDecimal(17019))))
                .isEqualTo("51.51");
        assertThat(DerivationArithmetic.computePercent(toDecimal(0), toDecimal(0)))
                .isNull();
    }

    @Test
    void a_change_is_against_what_was_before() {
        assertThat(round(DerivationArithmetic.computeChange(toDecimal(23), toDecimal(28))))
                .isEqualTo("21.74");
        assertThat(round(DerivationArithmetic.computeChange(toDecimal(28), toDecimal(0))))
                .isEqualTo("-100.00");
        assertThat(DerivationArithmetic.computeChange(toDecimal(0), toDecimal(28)))
                .isNull();
    }

    @Test
    void growth_is_compounded_over_the_years() {
        assertThat(round(DerivationArithmetic.computeGrowth(toDecimal(5186), toDecimal(17097), 4)))
                .isEqualTo("34.75");
        assertThat(round(DerivationArithmetic.computeGrowth(toDecimal(100), toDecimal(121), 2)))
                .isEqualTo("10.00");
        assertThat(round(DerivationArithmetic.computeGrowth(toDecimal(7), toDecimal(0), 3)))
                .isEqualTo("-100.00");
        assertThat(DerivationArithmetic.computeGrowth(toDecimal(0), toDecimal(7), 3))
                .isNull();
    }

    @Test
    void a_growth_compounded_again_gives_the_last_value() {
        BigDecimal growth =
                Objects.requireNonNull(DerivationArithmetic.computeGrowth(toDecimal(3), toDecimal(1_000_003), 17));

        BigDecimal factor = growth.movePointLeft(2).add(BigDecimal.ONE);
        assertThat(factor.pow(17)
                        .multiply(toDecimal(3))
                        .subtract(toDecimal(1_000_003))
                        .abs())
                .isLessThan(new BigDecimal("1e-20"));
    }

    @Test
    void concentration_goes_from_many_alike_to_one_alone() {
        assertThat(round(DerivationArithmetic.computeHerfindahl(List.of(toDecimal(50), toDecimal(30), toDecimal(20)))))
                .isEqualTo("3800.00");
        assertThat(round(DerivationArithmetic.computeHerfindahl(List.of(toDecimal(7)))))
                .isEqualTo("10000.00");
        assertThat(round(DerivationArithmetic.computeHerfindahl(
                        Stream.generate(() -> toDecimal(3)).limit(8).toList())))
                .isEqualTo("1250.00");
        assertThat(DerivationArithmetic.computeHerfindahl(List.of())).isNull();
    }

    @Test
    void the_largest_have_a_share_of_all() {
        assertThat(round(DerivationArithmetic.computeTopShare(
                        List.of(toDecimal(1), toDecimal(40), toDecimal(10), toDecimal(30), toDecimal(19)), 3)))
                .isEqualTo("89.00");
        assertThat(round(DerivationArithmetic.computeTopShare(List.of(toDecimal(5)), 3)))
                .isEqualTo("100.00");
    }

    @Test
    void a_median_is_the_middle_or_between_the_middle_two() {
        assertThat(round(DerivationArithmetic.computeMedian(
                        Map.of("9", toDecimal(1), "10", toDecimal(1), "200", toDecimal(1)))))
                .isEqualTo("10.00");
        assertThat(round(DerivationArithmetic.computeMedian(
                        Map.of("9", toDecimal(2), "10", toDecimal(1), "200", toDecimal(1)))))
                .isEqualTo("9.50");
        assertThat(round(DerivationArithmetic.computeMedian(Map.of("-3", toDecimal(1), "4", toDecimal(5)))))
                .isEqualTo("4.00");
        assertThat(DerivationArithmetic.computeMedian(Map.of())).isNull();
    }

    private static BigDecimal toDecimal(long value) {
        return BigDecimal.valueOf(value);
    }

    private static @Nullable String round(@Nullable BigDecimal value) {
        return value == null ? null : value.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
