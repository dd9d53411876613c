package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.kittest.TestEffort;

/** Test of deferred counting: figures are counted after some of their facts arrived, and before others. */
class DeferredCountingTest {

    private static final int HISTORIES = TestEffort.choose(200, 1_000);
    private static final long SEED = 20_261_126;

    @Test
    void figures_that_are_counted_later_equal_those_that_always_were() {
        IntStream.range(0, HISTORIES).parallel().forEach(DeferredCountingTest::followHistory);
    }

    @Test
    void a_figure_that_is_held_back_is_not_there_before_it_is_counted() {
        TestFigures world = new TestFigures();
        world.liveFigures.deferCounting();
        Random random = new Random(SEED);
        List.of("A", "B", "C")
                .forEach(name -> world.deliverVersions(new RecordHistory(random, name).randomDeliveries()));
        CountedFigure schools = TestFigures.CATALOGUE.countedFigures().stream()
                .filter(figure -> figure.code().equals("overseas-schools"))
                .findFirst()
                .orElseThrow();

        assertThat(world.liveFigures.<Boolean>readView(view -> view.isReady(schools)))
                .isFalse();

        world.liveFigures.countAll();
        assertThat(world.liveFigures.<Boolean>readView(view -> view.isReady(schools)))
                .isTrue();
        int cells = world.liveFigures.readView(
                view -> view.requireWhole("overseas-schools").cube().size());
        assertThat(cells).isPositive();
    }

    private static void followHistory(int history) {
        Random random = new Random(SEED + history);
        TestFigures world = new TestFigures();
        ReferenceRecount naive = new ReferenceRecount(TestFigures.REFERENCE);
        int before = random.nextInt(20);
        int[] batches = {0};
        world.liveFigures.deferCounting();
        world.deliverVersions(new RecordHistory(random).randomDeliveries(), naive, random, () -> {
            if (batches[0]++ >= before) {
                world.liveFigures.countAll();
                assertEqualToRecount("history " + history, world, naive, random);
            }
        });
        world.liveFigures.countAll();
        assertEqualToRecount("history " + history + ", at its end", world, naive, random);
    }

    private static void assertEqualToRecount(String when, TestFigures world, ReferenceRecount naive, Random random) {
        for (CountedFigure figure : TestFigures.CATALOGUE.countedFigures()) {
            new FigureQueryGenerator(figure, naive, random)
                    .randomQueries()
                    .forEach(asked -> asked.assertEqualToRecount(when, world.liveFigures, world.calculator, naive));
        }
    }
}
