package org.voyage.indicators.live;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.kittest.TestEffort;

class LiveFoldHistoriesTest {

    private static final int HISTORIES = TestEffort.choose(200, 2_000);
    private static final long SEED = 20_261_124;

    @Test
    void figures_equal_a_recomputation_whatever_the_order_of_delivery() {
        IntStream.range(0, HISTORIES).parallel().forEach(LiveFoldHistoriesTest::followHistory);
    }

    /** Checks a few queries on every figure after each batch, and all of them at the end. */
    private static void followHistory(int history) {
        Random random = new Random(SEED + history);
        TestFigures world = new TestFigures();
        ReferenceRecount naive = new ReferenceRecount(TestFigures.REFERENCE);
        String when = "history " + history;
        world.deliverVersions(
                new RecordHistory(random).randomDeliveries(),
                naive,
                random,
                () -> TestFigures.CATALOGUE
                        .countedFigures()
                        .forEach(figure -> assertEqualToRecount(
                                when, new FigureQueryGenerator(figure, naive, random).randomQueries(), world, naive)));
        TestFigures.CATALOGUE
                .countedFigures()
                .forEach(figure -> assertEqualToRecount(
                        when, new FigureQueryGenerator(figure, naive, random).allQueries(), world, naive));
    }

    private static void assertEqualToRecount(
            String when, List<TimedFigureQuery> questions, TestFigures world, ReferenceRecount naive) {
        questions.forEach(asked -> asked.assertEqualToRecount(when, world.liveFigures, world.calculator, naive));
    }
}
