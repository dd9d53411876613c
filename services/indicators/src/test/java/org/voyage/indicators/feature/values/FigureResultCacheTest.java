package org.voyage.indicators.feature.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
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
    void every_answer_equals_a_recount_after_every_event() {
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

    /** A remembered result that holds its cube keeps the figures of every rebuild in memory. */
    @Test
    void cubes_that_a_rebuild_has_replaced_leave_the_memory() {
        world.deliverVersions(new RecordHistory(new Random(3)).randomDeliveries());
        QUESTIONS.forEach(this::findOrCompute);
        List<WeakReference<Cube>> replaced = world.liveFigures.readView(view -> view.completeFigures().stream()
                .map(aggregator -> new WeakReference<>(aggregator.cube()))
                .toList());

        world.liveFigures.replaceWith(world.newFigures());

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(replaced).allMatch(cube -> cube.refersTo(null));
        });
        assertThat(cache.size()).isEqualTo(QUESTIONS.size());
    }

    @Test
    void results_of_the_day_before_are_dropped() {
        AtomicInteger daysPassed = new AtomicInteger();
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return TestFigures.CLOCK.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return TestFigures.CLOCK.withZone(zone);
            }

            @Override
            public Instant instant() {
                return TestFigures.CLOCK.instant().plus(Duration.ofDays(daysPassed.get()));
            }
        };
        FigureResultCache byDay = new FigureResultCache(new FigureCalculator(TestFigures.REFERENCE, clock, 100_000));
        for (FigureQuery query : QUESTIONS) {
            world.liveFigures.readView(view -> byDay.findOrCompute(view, query, WANTED, Optional.empty()));
        }
        assertThat(byDay.size()).isEqualTo(QUESTIONS.size());

        daysPassed.set(1);
        world.liveFigures.readView(view -> byDay.findOrCompute(view, QUESTIONS.getFirst(), WANTED, Optional.empty()));

        assertThat(byDay.size()).isEqualTo(1);
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
