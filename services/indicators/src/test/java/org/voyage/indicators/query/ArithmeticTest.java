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

class ArithmeticTest {

    @Test
    void a_share_has_two_decimals_and_a_share_of_nothing_is_none() {
        assertThat(rounded(Arithmetic.percent(number(8766), number(17019)))).isEqualTo("51.51");
        assertThat(Arithmetic.percent(number(0), number(0))).isNull();
    }

    @Test
    void a_change_is_against_what_was_before() {
        assertThat(rounded(Arithmetic.change(number(23), number(28)))).isEqualTo("21.74");
        assertThat(rounded(Arithmetic.change(number(28), number(0)))).isEqualTo("-100.00");
        assertThat(Arithmetic.change(number(0), number(28))).isNull();
    }

    @Test
    void growth_is_compounded_over_the_years() {
        assertThat(rounded(Arithmetic.growth(number(5186), number(17097), 4))).isEqualTo("34.75");
        assertThat(rounded(Arithmetic.growth(number(100), number(121), 2))).isEqualTo("10.00");
        assertThat(rounded(Arithmetic.growth(number(7), number(0), 3))).isEqualTo("-100.00");
        assertThat(Arithmetic.growth(number(0), number(7), 3)).isNull();
    }

    @Test
    void a_growth_compounded_again_gives_the_last_value() {
        BigDecimal growth = Objects.requireNonNull(Arithmetic.growth(number(3), number(1_000_003), 17));

        BigDecimal factor = growth.movePointLeft(2).add(BigDecimal.ONE);
        assertThat(factor.pow(17)
                        .multiply(number(3))
                        .subtract(number(1_000_003))
                        .abs())
                .isLessThan(new BigDecimal("1e-20"));
    }

    @Test
    void concentration_goes_from_many_alike_to_one_alone() {
        assertThat(rounded(Arithmetic.herfindahl(List.of(number(50), number(30), number(20)))))
                .isEqualTo("3800.00");
        assertThat(rounded(Arithmetic.herfindahl(List.of(number(7))))).isEqualTo("10000.00");
        assertThat(rounded(Arithmetic.herfindahl(
                        Stream.generate(() -> number(3)).limit(8).toList())))
                .isEqualTo("1250.00");
        assertThat(Arithmetic.herfindahl(List.of())).isNull();
    }

    @Test
    void the_largest_have_a_share_of_all() {
        assertThat(rounded(Arithmetic.shareOfLargest(
                        List.of(number(1), number(40), number(10), number(30), number(19)), 3)))
                .isEqualTo("89.00");
        assertThat(rounded(Arithmetic.shareOfLargest(List.of(number(5)), 3))).isEqualTo("100.00");
    }

    @Test
    void a_median_is_the_middle_or_between_the_middle_two() {
        assertThat(rounded(Arithmetic.median(Map.of("9", number(1), "10", number(1), "200", number(1)))))
                .isEqualTo("10.00");
        assertThat(rounded(Arithmetic.median(Map.of("9", number(2), "10", number(1), "200", number(1)))))
                .isEqualTo("9.50");
        assertThat(rounded(Arithmetic.median(Map.of("-3", number(1), "4", number(5)))))
                .isEqualTo("4.00");
        assertThat(Arithmetic.median(Map.of())).isNull();
    }

    private static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }

    private static @Nullable String rounded(@Nullable BigDecimal value) {
        return value == null ? null : value.setScale(2, RoundingMode.HALF_UP).toPlainString();
    }
}
