package org.voyage.indicators.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContradictionsTest {

    @Test
    void thePublishedSetContradictsItselfInTheseFivePlaces() {
        List<Contradiction> found = Contradictions.in(PublishedReader.read());

        assertThat(found)
                .extracting(
                        Contradiction::rule,
                        contradiction -> contradiction.figures().getFirst())
                .containsExactlyInAnyOrder(
                        tuple("increment-over-several-years", "cooperative-institutions@2020"),
                        tuple("increment-over-several-years", "cooperative-programmes@2020"),
                        tuple("more-than-contradicted-later", "curriculum-standards-adopted-abroad@2021"),
                        tuple("parts-against-whole", "standards-adopted-abroad@2019"),
                        tuple("growth-of-no-whole-number", "curriculum-standards-guangxi-growth@2023"));
    }

    @ParameterizedTest
    @CsvSource({
        "22.5, 221, false",
        "22.8, 221, true",
        "22.10, 221, true",
        "22, 28, true",
        "-50, 5, true",
        "0.1, 3, false"
    })
    void a_growth_of_a_count_needs_a_whole_number_before(String percent, String now, boolean possible) {
        List<PublishedLine> lines = List.of(
                line("things", now, "things", ""),
                line("things-growth", percent, "percent", "year-on-year growth of things"));

        assertThat(WholeNumbersRule.check(lines)).hasSize(possible ? 0 : 1);
    }

    private static PublishedLine line(String figure, String value, String unit, String derivation) {
        return new PublishedLine(
                figure,
                "2023",
                new BigDecimal(value),
                Optional.empty(),
                unit,
                "=",
                "standards",
                derivation,
                "test",
                Optional.empty(),
                "");
    }
}
