package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;

class FigureResultCacheTest {

    private static final ResultOptions WANTED = new ResultOptions(0, true, false);
    private static final List<FigureQuery> QUESTIONS = Stream.of(
                    "inbound-students", "inbound-nationalities", "inbound-assessed-share", "overseas-schools")
            .map(code -> new FigureQuery(
                    TestFigures.CATALOGUE.findFigure(code).orElseThrow(),
                    List.of(new Breakdown.YearBreakdown(), new Breakdown.DimensionBreakdown("region")),
                    Map.of(),
                    List.of(),
                    new PeriodFilter.CurrentPeriod()))
            .toList();

    private final TestFigures world = new TestFigures();
    private final FigureResultCache cache = new FigureResultCache(world.calculator);

    @Test
    void answers_are_those_that_counting_anew_gives_after_every_event() {
        for (HistoryVersion version : new RecordHistory(new Random(20261125)).randomDeliveries()) {
            world.deliverVersions(List.of(version));
            QUESTIONS.forEach(this::assertSameAsRecounted);
        }
    }

    @Test
    void what_has_not_moved_is_not_counted_again_whatever_else_has() {
        RecordHistory history = new RecordHistory(new Random(7));
        world.deliverVersions(history.randomDeliveries());
        List<FigureResult> before = QUESTIONS.stream().map(this::findOrCompute).toList();

        world.deliverVersions(
                List.of(new HistoryVersion("standard", "12/NEW", 1, "created", Map.of("kind", "curriculum"))));

        for (int i = 0; i < before.size(); i++) {
            assertThat(findOrCompute(QUESTIONS.get(i)).cells())
                    .isSameAs(before.get(i).cells());
        }
    }

    private void assertSameAsRecounted(FigureQuery query) {
        FigureResult anew = world.liveFigures.readView(
                view -> FigureResult.compute(view, query, WANTED, world.calculator, Optional.empty()));
        assertThat(findOrCompute(query)).isEqualTo(anew);
    }

    private FigureResult findOrCompute(FigureQuery query) {
        return world.liveFigures.readView(view -> cache.findOrCompute(view, query, WANTED, Optional.empty()));
    }
}
