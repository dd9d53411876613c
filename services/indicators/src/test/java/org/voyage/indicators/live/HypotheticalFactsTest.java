package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;
import org.voyage.kittest.TestEffort;

class HypotheticalFactsTest {

    private static final int HISTORIES = TestEffort.choose(300, 2_000);
    private static final int CHANGES = TestEffort.choose(300, 1_000);
    private static final long SEED = 20_261_126;
    /** More than the changed cells of which the fields are looked at one by one. */
    private static final int MANY_FACTS = 6_000;

    @Test
    void what_was_imagined_is_what_comes_when_it_is_done() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            List<HistoryVersion> deliveries = new RecordHistory(random).randomDeliveries();
            int middle = random.nextInt(deliveries.size());
            TestFigures world = new TestFigures();
            world.deliverVersions(deliveries.subList(0, middle));
            Map<String, List<ResultCell>> before = allCells(world);
            List<HistoryVersion> wanted =
                    newestVersions(deliveries.subList(0, middle), deliveries.subList(middle, deliveries.size()));

            Map<String, List<ResultCell>> imagined = world.liveFigures.compareHypothetical(
                    readers -> toEvents(wanted, readers), (now, then) -> cellsOf(then, world.calculator));

            assertThat(allCells(world))
                    .as("history %d, left as it was", history)
                    .isEqualTo(before);
            world.deliverVersions(deliveries.subList(middle, deliveries.size()));
            assertThat(imagined).as("history %d", history).isEqualTo(allCells(world));
        }
    }

    /** Then the figures are counted from the few that are left, and not from all that would be lost. */
    @Test
    void what_loses_nearly_all_its_facts_is_counted_from_the_rest() {
        TestFigures world = new TestFigures();
        List<HistoryVersion> created = new ArrayList<>();
        List<HistoryVersion> gone = new ArrayList<>();
        for (int i = 0; i < MANY_FACTS; i++) {
            created.add(enrolmentVersion("12/S" + i, 1, "N" + i));
            if (i % (MANY_FACTS / 4) != 0) {
                gone.add(new HistoryVersion("inbound-enrolment", "12/S" + i, 2, "withdrawn", null));
            }
        }
        world.deliverVersions(created);

        Map<String, List<ResultCell>> imagined =
                world.liveFigures.compareHypothetical(readers -> toEvents(gone, readers), (now, then) -> {
                    assertThat(then.movedFields("inbound-students"))
                            .hasValueSatisfying(fields -> assertThat(fields).contains("nationality", "province"));
                    return cellsOf(then, world.calculator);
                });

        world.deliverVersions(gone);
        assertThat(imagined).isEqualTo(allCells(world));
    }

    /** Otherwise the first and the last read of one comparison would be of different points in time. */
    @Test
    void both_sides_of_a_comparison_stay_unchanged_while_events_arrive() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            List<HistoryVersion> deliveries = new RecordHistory(random).randomDeliveries();
            int first = random.nextInt(deliveries.size());
            int second = first + random.nextInt(deliveries.size() - first);
            List<HistoryVersion> there = deliveries.subList(0, first);
            List<HistoryVersion> meanwhile = deliveries.subList(second, deliveries.size());
            TestFigures world = new TestFigures();
            world.deliverVersions(there);
            Map<String, List<ResultCell>> before = allCells(world);
            List<HistoryVersion> wanted = newestVersions(there, deliveries.subList(first, second));

            List<Map<String, List<ResultCell>>> looks =
                    world.liveFigures.compareHypothetical(readers -> toEvents(wanted, readers), (now, then) -> {
                        List<Map<String, List<ResultCell>>> seen = new ArrayList<>();
                        int half = meanwhile.size() / 2;
                        for (List<HistoryVersion> part :
                                List.of(meanwhile.subList(0, half), meanwhile.subList(half, meanwhile.size()))) {
                            assertNotBlocked(() -> world.deliverVersions(part));
                            seen.add(cellsOf(now, world.calculator));
                            seen.add(cellsOf(then, world.calculator));
                        }
                        return seen;
                    });

            TestFigures done = new TestFigures();
            done.deliverVersions(there);
            done.deliverVersions(wanted);
            Map<String, List<ResultCell>> after = allCells(done);
            assertThat(looks).as("history %d", history).containsExactly(before, after, before, after);
        }
    }

    /** Both events have unknown codes, and the first free number is the same. */
    @Test
    void codes_that_come_while_changes_are_read_are_not_taken_for_theirs() {
        TestFigures world = new TestFigures();
        HistoryVersion wanted = enrolmentVersion("12/S1", 1, "AAA");
        HistoryVersion meanwhile = enrolmentVersion("12/S2", 1, "BBB");
        AtomicBoolean come = new AtomicBoolean();

        Map<String, List<ResultCell>> imagined = world.liveFigures.compareHypothetical(
                readers -> {
                    List<FactEvent> events = toEvents(List.of(wanted), readers);
                    if (!come.getAndSet(true)) {
                        assertNotBlocked(() -> world.deliverVersions(List.of(meanwhile)));
                    }
                    return events;
                },
                (now, then) -> cellsOf(then, world.calculator));

        world.deliverVersions(List.of(wanted));
        assertThat(imagined).isEqualTo(allCells(world));
    }

    /** The contribution of the fact is removed as it was when the figures were copied, not as it is slightly later. */
    @Test
    void a_fact_that_changes_again_and_again_is_imagined_once() throws InterruptedException {
        TestFigures world = new TestFigures();
        AtomicBoolean over = new AtomicBoolean();
        Thread sender = Thread.ofPlatform().start(() -> {
            for (int version = 1; !over.get(); version++) {
                world.deliverVersions(List.of(enrolmentVersion("12/S1", version, version % 2 == 0 ? "KEN" : "LAO")));
            }
        });
        List<HistoryVersion> wanted = List.of(enrolmentVersion("12/S1", 1, "THA"));

        Set<Map<String, List<ResultCell>>> looks = new HashSet<>();
        for (int i = 0; i < CHANGES; i++) {
            Map<String, List<ResultCell>> imagined = world.liveFigures.compareHypothetical(
                    readers -> toEvents(wanted, readers), (now, then) -> cellsOf(then, world.calculator));
            looks.add(imagined);
        }
        over.set(true);
        sender.join();

        TestFigures done = new TestFigures();
        done.deliverVersions(wanted);
        assertThat(looks).containsExactly(allCells(done));
    }

    private static HistoryVersion enrolmentVersion(String key, int version, String nationality) {
        return new HistoryVersion(
                "inbound-enrolment",
                key,
                version,
                "created",
                Map.of("nationality", nationality, "college", "4112000001", "startedOn", "2020-02-29"));
    }

    /** Asserts that other threads need not wait. */
    /** They come from the database, which may hang. */
    @Test
    void earlier_states_are_read_without_a_lock_of_the_figures() {
        TestFigures world = new TestFigures();
        LogPosition here = world.liveFigures.readView(FiguresView::positions);
        HistoryVersion wanted = enrolmentVersion("12/S1", 1, "AAA");

        assertThat(world.liveFigures.prepareHypotheticalAt(here, readers -> {
                    assertNotBlocked(() -> world.deliverVersions(List.of(enrolmentVersion("12/S2", 1, "BBB"))));
                    return toEvents(List.of(wanted), readers);
                }))
                .as("new codes have arrived")
                .isEmpty();
        assertThat(world.liveFigures.prepareHypotheticalAt(here, readers -> toEvents(List.of(wanted), readers)))
                .isPresent();
    }

    @Test
    void questions_are_answered_while_updates_are_held() {
        TestFigures world = new TestFigures();
        Map<String, List<ResultCell>> before = allCells(world);

        CompletableFuture<Void> update = world.liveFigures.runWithoutUpdates(() -> {
            CompletableFuture<Void> begun = CompletableFuture.runAsync(
                    () -> world.deliverVersions(List.of(enrolmentVersion("12/S1", 1, "AAA"))));
            assertThat(allCells(world)).isEqualTo(before);
            assertThat(begun).isNotDone();
            return begun;
        });

        assertThat(update).succeedsWithin(Duration.ofSeconds(10));
        assertThat(allCells(world)).isNotEqualTo(before);
    }

    /** As when the database hangs. */
    @Test
    void updates_go_on_though_the_work_that_holds_them_does_not_end() {
        TestFigures world = new TestFigures();

        world.liveFigures.runWithoutUpdates(() -> {
            assertNotBlocked(() -> world.deliverVersions(List.of(enrolmentVersion("12/S1", 1, "AAA"))));
            return true;
        });
    }

    /** Two hundred who wait for their write would otherwise take the write lock at every batch. */
    @Test
    void who_waits_for_a_position_takes_no_lock_of_the_figures() {
        TestFigures world = new TestFigures();

        world.liveFigures.readView(view -> {
            assertNotBlocked(() -> {
                try {
                    assertThat(world.liveFigures.awaitPosition(_ -> true, 0, TimeUnit.SECONDS))
                            .isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            return true;
        });
    }

    private static void assertNotBlocked(Runnable others) {
        assertThat(CompletableFuture.runAsync(others)).succeedsWithin(Duration.ofSeconds(10));
    }

    /** Returns the newest version of each record that is newer than the existing one. */
    private static List<HistoryVersion> newestVersions(List<HistoryVersion> there, List<HistoryVersion> more) {
        Map<String, Integer> known = new HashMap<>();
        there.forEach(version -> known.merge(version.record() + version.key(), version.version(), Math::max));
        Map<String, HistoryVersion> newest = new TreeMap<>();
        for (HistoryVersion version : more) {
            if (version.version() > known.getOrDefault(version.record() + version.key(), 0)) {
                newest.merge(version.record() + version.key(), version, (a, b) -> a.version() >= b.version() ? a : b);
            }
        }
        return new ArrayList<>(newest.values());
    }

    private static List<FactEvent> toEvents(List<HistoryVersion> versions, FactReaderRegistry readers) {
        return versions.stream()
                .map(version -> TestFigures.toEvent(readers, version))
                .toList();
    }

    private static Map<String, List<ResultCell>> allCells(TestFigures world) {
        return world.liveFigures.readView(view -> cellsOf(view, world.calculator));
    }

    private static Map<String, List<ResultCell>> cellsOf(FiguresView view, FigureCalculator figures) {
        Map<String, List<ResultCell>> cells = new TreeMap<>();
        for (CountedFigure figure : TestFigures.CATALOGUE.countedFigures()) {
            List<Breakdown> by = new ArrayList<>(List.of(new Breakdown.YearBreakdown()));
            figure.dimensions().forEach(dimension -> by.add(new Breakdown.DimensionBreakdown(dimension)));
            cells.put(
                    figure.code(),
                    figures.computeCells(
                            view,
                            new FigureQuery(figure, by, Map.of(), List.of(), new PeriodFilter.CurrentPeriod()),
                            Optional.empty()));
        }
        return cells;
    }
}
