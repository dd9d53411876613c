package org.voyage.indicators.live;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.live.History.Version;

class LiveFoldTest {

    private static final int HISTORIES = 2_000;
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
        List<Version> deliveries = new History(random).deliveries();
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(8));
            world.deliver(deliveries.subList(from, to));
            deliveries.subList(from, to).forEach(naive::deliver);
            from = to;
            for (Indicator indicator : World.CATALOGUE.all()) {
                Inquiry inquiry = new Inquiry(indicator, naive, random);
                (to == deliveries.size() ? inquiry.everything() : inquiry.some())
                        .forEach(asked -> asked.compare("history " + history, world.live, world.figures, naive));
            }
        }
    }
}
