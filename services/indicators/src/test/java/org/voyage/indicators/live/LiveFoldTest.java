package org.voyage.indicators.live;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.kittest.TestEffort;

class LiveFoldTest {

    private static final int HISTORIES = TestEffort.choose(200, 2_000);
    private static final long SEED = 20_261_124;

    @Test
    void figuresEqualARecomputationWhateverTheOrderOfDelivery() {
        IntStream.range(0, HISTORIES).parallel().forEach(LiveFoldTest::follow);
    }

    /** A few questions about every figure after each batch, and all of them at the end. */
    private static void follow(int history) {
        Random random = new Random(SEED + history);
        World world = new World();
        Naive naive = new Naive(World.REFERENCE);
        String when = "history " + history;
        world.deliver(
                new History(random).deliveries(),
                naive,
                random,
                () -> World.CATALOGUE
                        .all()
                        .forEach(figure -> compare(when, new Inquiry(figure, naive, random).some(), world, naive)));
        World.CATALOGUE
                .all()
                .forEach(figure -> compare(when, new Inquiry(figure, naive, random).everything(), world, naive));
    }

    private static void compare(String when, List<Asked> questions, World world, Naive naive) {
        questions.forEach(asked -> asked.compare(when, world.live, world.figures, naive));
    }
}
