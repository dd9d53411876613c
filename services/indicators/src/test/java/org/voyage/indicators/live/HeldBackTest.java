package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.kit.web.Refusal;
import org.voyage.kittest.TestEffort;

/** Figures that are counted after their facts came, bit by bit, while other figures serve and more facts come. */
class HeldBackTest {

    private static final int HISTORIES = TestEffort.choose(200, 1_000);
    private static final long SEED = 20_261_126;

    @Test
    void figuresThatAreCountedLaterEqualThoseThatAlwaysWere() {
        IntStream.range(0, HISTORIES).parallel().forEach(HeldBackTest::follow);
    }

    @Test
    void who_asks_for_a_figure_that_is_not_whole_is_told_to_come_again() {
        World world = new World();
        world.live.holdBack();
        world.deliver(new History(new Random(SEED)).deliveries());
        world.live.countAllBut(Set.of("overseas-schools"));

        assertThat(world.live.unfinished()).containsExactly("overseas-schools");
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> world.live.read(cut -> cut.tally("overseas-schools")))
                .withMessageContaining("overseas-schools");
        List<String> whole = world.live.read(cut ->
                cut.tallies().stream().map(tally -> tally.indicator().code()).toList());
        assertThat(whole).doesNotContain("overseas-schools").contains("inbound-admissions");

        assertThat(world.live.countMore("overseas-schools", Integer.MAX_VALUE)).isTrue();
        assertThat(world.live.unfinished()).isEmpty();
        int cells = world.live.read(cut -> cut.tally("overseas-schools").cube().size());
        assertThat(cells).isPositive();
    }

    private static void follow(int history) {
        Random random = new Random(SEED + history);
        World world = new World();
        Naive naive = new Naive(World.REFERENCE);
        world.live.holdBack();
        world.deliver(new History(random).deliveries(), naive, random, () -> {
            List<String> unfinished = new ArrayList<>(world.live.unfinished());
            for (int i = 0; i < unfinished.size() / 3; i++) {
                world.live.countMore(unfinished.get(random.nextInt(unfinished.size())), random.nextInt(4));
            }
            compare("history " + history, world, naive, random);
        });
        world.live.countAllBut(Set.of());
        assertThat(world.live.unfinished()).isEmpty();
        compare("history " + history + ", at its end", world, naive, random);
    }

    private static void compare(String when, World world, Naive naive, Random random) {
        Set<String> unfinished = world.live.unfinished();
        for (Indicator indicator : World.CATALOGUE.all()) {
            if (!unfinished.contains(indicator.code())) {
                new Inquiry(indicator, naive, random)
                        .some()
                        .forEach(asked -> asked.compare(when, world.live, world.figures, naive));
            }
        }
    }
}
