package org.voyage.indicators.feature.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.evidence.EvidenceHistory.StoredVersion;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;

class ChangeAttributionTest {

    private final AttributedChange movement =
            new AttributedChange(place -> place.province().equals("12"));

    /** Only ten of many events are kept: the largest, in any order of arrival. */
    @Test
    void the_ten_largest_that_the_reader_may_see_are_kept_and_all_are_counted() {
        List<Integer> amounts =
                new ArrayList<>(IntStream.rangeClosed(1, 50).boxed().toList());
        Collections.shuffle(amounts, new Random(20_261_127));
        amounts.forEach(amount -> addMoved("12/A-" + amount, amount % 2 == 0 ? amount : -amount));
        IntStream.range(0, 7).forEach(i -> addMoved("32/B-" + i, 1_000));

        AttributedChange.CauseSummary effects = movement.effectsOf(ChangeReason.NEW);

        assertThat(effects.largestVisible())
                .extracting(effect -> effect.amount().intValue())
                .containsExactly(50, -49, 48, -47, 46, -45, 44, -43, 42, -41);
        assertThat(effects.events()).isEqualTo(57);
        assertThat(effects.hiddenEvents()).isEqualTo(7);
        assertThat(movement.sumAll()).isEqualByComparingTo("7025");
    }

    @Test
    void of_equal_ones_those_stay_that_came_first() {
        IntStream.range(0, 12).forEach(i -> addMoved("12/A-" + i, 1));

        assertThat(movement.effectsOf(ChangeReason.NEW).largestVisible())
                .extracting(effect -> effect.place().sourceId())
                .containsExactly("A-0", "A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7", "A-8", "A-9");
    }

    private void addMoved(String key, int amount) {
        VersionLocation place = new VersionLocation(key, 1, "any", 0, 0, Instant.EPOCH, "created");
        movement.addEvent(
                ChangeReason.NEW,
                new StoredVersion("overseas-school", place, "request", null),
                BigDecimal.valueOf(amount));
    }
}
