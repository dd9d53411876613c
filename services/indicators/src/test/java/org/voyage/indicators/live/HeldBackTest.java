package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.kit.problem.Refusal;
import org.voyage.kittest.TestEffort;

/** Figures that are counted after some of their facts came, before more facts come. */
class HeldBackTest {

    private static final int HISTORIES = TestEffort.choose(200, 1_000);
    private static final long SEED = 20_261_126;

    @Test
    void figuresThatAreCountedLaterEqualThoseThatAlwaysWere() {
        IntStream.range(0, HISTORIES).parallel().forEach(HeldBackTest::follow);
    }

    @Test
    void a_figure_that_is_held_back_is_not_there_before_it_is_counted() {
        World world = new World();
        world.live.holdBack();
        world.deliver(new History(new Random(SEED)).deliveries());
        Indicator schools = World.CATALOGUE.all().stream()
                .filter(indicator -> indicator.code().equals("overseas-schools"))
                .findFirst()
                .orElseThrow();

        assertThat(world.live.<Boolean>read(cut -> cut.has(schools))).isFalse();

        world.live.countAll();
        assertThat(world.live.<Boolean>read(cut -> cut.has(schools))).isTrue();
        int cells = world.live.read(cut -> cut.tally("overseas-schools").cube().size());
        assertThat(cells).isPositive();
    }

    private static void follow(int history) {
        Random random = new Random(SEED + history);
        World world = new World();
        Naive naive = new Naive(World.REFERENCE);
        int before = random.nextInt(20);
        int[] batches = {0};
        world.live.holdBack();
        world.deliver(new History(random).deliveries(), naive, random, () -> {
            if (batches[0]++ >= before) {
                world.live.countAll();
                compare("history " + history, world, naive, random);
            }
        });
        world.live.countAll();
        compare("history " + history + ", at its end", world, naive, random);
    }

    private static void compare(String when, World world, Naive naive, Random random) {
        for (Indicator indicator : World.CATALOGUE.all()) {
            new Inquiry(indicator, naive, random)
                    .some()
                    .forEach(asked -> asked.compare(when, world.live, world.figures, naive));
        }
    }
}
