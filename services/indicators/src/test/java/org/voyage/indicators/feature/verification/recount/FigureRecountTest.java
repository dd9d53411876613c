package org.voyage.indicators.feature.verification.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.feature.verification.compare.FiguresSnapshot;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.kittest.TestEffort;

class FigureRecountTest {

    private static final int HISTORIES = TestEffort.choose(1_000, 4_000);
    private static final long SEED = 20_261_125;

    @Test
    void the_recount_gives_every_cell_that_the_fold_gives() throws ProofUndecidedException {
        long compared = 0;
        for (int history = 0; history < HISTORIES; history++) {
            TestFigures world = new TestFigures();
            List<HistoryVersion> deliveries = new RecordHistory(new Random(SEED + history)).randomDeliveries();

            world.deliverVersions(deliveries);

            FiguresSnapshot frozen = FiguresSnapshot.capture(world.liveFigures);
            RecountDefinitions definitions =
                    new RecountDefinitions(frozen.indicators(), TestFigures.REFERENCE.geography());
            RecountPass road = new RecountPass(new InMemoryStateSource(deliveries, definitions), definitions);
            for (String record : definitions.records()) {
                RecountPass.RecountResult counted = road.countRecord(record);
                for (FigureRecount recount : definitions.recountsOf(record)) {
                    String code = recount.indicator().code();
                    assertThat(recount.columns()).as(code).isEqualTo(frozen.columnsOf(code));
                    assertThat(counted.cells().get(code))
                            .as("history %d, %s", history, code)
                            .isEqualTo(frozen.nonZeroCells(code));
                    compared += frozen.nonZeroCells(code).size();
                }
            }
        }
        assertThat(compared).isGreaterThan(HISTORIES * 25L);
    }
}
