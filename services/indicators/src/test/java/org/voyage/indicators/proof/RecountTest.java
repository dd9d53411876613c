package org.voyage.indicators.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.live.History;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.World;
import org.voyage.kittest.TestEffort;

class RecountTest {

    private static final int HISTORIES = TestEffort.choose(1_000, 4_000);
    private static final long SEED = 20_261_125;

    @Test
    void the_recount_gives_every_cell_that_the_fold_gives() throws Undecided {
        long compared = 0;
        for (int history = 0; history < HISTORIES; history++) {
            World world = new World();
            List<Version> deliveries = new History(new Random(SEED + history)).deliveries();

            world.deliver(deliveries);

            Frozen frozen = Frozen.of(world.live);
            Definitions definitions = new Definitions(frozen.indicators(), World.REFERENCE.geography());
            Road road = new Road(new NewestStates(deliveries, definitions), definitions);
            for (String record : definitions.records()) {
                Road.Counted counted = road.count(record);
                for (Recount recount : definitions.of(record)) {
                    String code = recount.indicator().code();
                    assertThat(recount.columns()).as(code).isEqualTo(frozen.columns(code));
                    assertThat(counted.cells().get(code))
                            .as("history %d, %s", history, code)
                            .isEqualTo(frozen.cells(code));
                    compared += frozen.cells(code).size();
                }
            }
        }
        assertThat(compared).isGreaterThan(HISTORIES * 25L);
    }
}
