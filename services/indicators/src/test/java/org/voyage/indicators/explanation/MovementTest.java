package org.voyage.indicators.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.evidence.PastEvidence.Step;

class MovementTest {

    private final Movement movement = new Movement(place -> place.province().equals("12"));

    /** Of many events only ten are kept, so the right ones must be, in whatever order they come. */
    @Test
    void the_ten_largest_that_the_reader_may_see_are_kept_and_all_are_counted() {
        List<Integer> amounts =
                new ArrayList<>(IntStream.rangeClosed(1, 50).boxed().toList());
        Collections.shuffle(amounts, new Random(20_261_127));
        amounts.forEach(amount -> moved("12/A-" + amount, amount % 2 == 0 ? amount : -amount));
        IntStream.range(0, 7).forEach(i -> moved("32/B-" + i, 1_000));

        Movement.Effects effects = movement.effects(Why.NEW);

        assertThat(effects.largest())
                .extracting(effect -> effect.amount().intValue())
                .containsExactly(50, -49, 48, -47, 46, -45, 44, -43, 42, -41);
        assertThat(effects.events()).isEqualTo(57);
        assertThat(effects.hidden()).isEqualTo(7);
        assertThat(movement.difference()).isEqualByComparingTo("7025");
    }

    @Test
    void of_equal_ones_those_stay_that_came_first() {
        IntStream.range(0, 12).forEach(i -> moved("12/A-" + i, 1));

        assertThat(movement.effects(Why.NEW).largest())
                .extracting(effect -> effect.place().sourceId())
                .containsExactly("A-0", "A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7", "A-8", "A-9");
    }

    private void moved(String key, int amount) {
        Place place = new Place(key, 1, "any", 0, 0, Instant.EPOCH, "created");
        movement.moved(Why.NEW, new Step("overseas-school", place, "request", null), BigDecimal.valueOf(amount));
    }
}
