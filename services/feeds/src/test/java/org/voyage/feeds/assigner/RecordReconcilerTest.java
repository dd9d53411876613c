package org.voyage.feeds.assigner;

import org.junit.jupiter.api.Test;

/** Random histories against an oracle that knows nothing of events. A failure names its seed. */
class RecordReconcilerTest {

    private static final int SEEDS = Integer.getInteger("voyage.feeds.seeds", 1_000);
    private static final int ACTIONS = 60;

    @Test
    void the_events_of_a_feed_give_exactly_what_is_in_scope() {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                new RecordHistorySimulation(seed).run(ACTIONS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
