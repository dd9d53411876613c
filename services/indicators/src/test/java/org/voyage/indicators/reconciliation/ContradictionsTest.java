package org.voyage.indicators.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContradictionsTest {

    @Test
    void thePublishedSetContradictsItselfInTheseFourPlaces() {
        List<Contradiction> found = Contradictions.in(PublishedReader.read());

        assertThat(found)
                .extracting(
                        Contradiction::rule,
                        contradiction -> contradiction.figures().getFirst())
                .containsExactlyInAnyOrder(
                        tuple("increment-over-several-years", "cooperative-institutions@2020"),
                        tuple("increment-over-several-years", "cooperative-programmes@2020"),
                        tuple("more-than-contradicted-later", "curriculum-standards-adopted-abroad@2021"),
                        tuple("parts-against-whole", "standards-adopted-abroad@2019"));
    }
}
