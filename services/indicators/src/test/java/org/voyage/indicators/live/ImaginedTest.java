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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.kittest.TestEffort;

class ImaginedTest {

    private static final int HISTORIES = TestEffort.choose(300, 2_000);
    private static final int CHANGES = TestEffort.choose(300, 1_000);
    private static final long SEED = 20_261_126;

    @Test
    void what_was_imagined_is_what_comes_when_it_is_done() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            List<Version> deliveries = new History(random).deliveries();
            int middle = random.nextInt(deliveries.size());
            World world = new World();
            world.deliver(deliveries.subList(0, middle));
            Map<String, List<Cell>> before = everything(world);
            List<Version> wanted = newest(deliveries.subList(0, middle), deliveries.subList(middle, deliveries.size()));

            Map<String, List<Cell>> imagined =
                    world.live.imagine(readers -> events(wanted, readers), (now, then) -> cells(then, world.figures));

            assertThat(everything(world))
                    .as("history %d, left as it was", history)
                    .isEqualTo(before);
            world.deliver(deliveries.subList(middle, deliveries.size()));
            assertThat(imagined).as("history %d", history).isEqualTo(everything(world));
        }
    }

    /** Else what is looked at first and what is looked at last would be of two moments. */
    @Test
    void what_is_looked_at_stands_still_while_events_come() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            List<Version> deliveries = new History(random).deliveries();
            int first = random.nextInt(deliveries.size());
            int second = first + random.nextInt(deliveries.size() - first);
            List<Version> there = deliveries.subList(0, first);
            List<Version> meanwhile = deliveries.subList(second, deliveries.size());
            World world = random.nextBoolean() ? World.rollingUp() : new World();
            world.deliver(there);
            Map<String, List<Cell>> before = everything(world);
            List<Version> wanted = newest(there, deliveries.subList(first, second));

            List<Map<String, List<Cell>>> looks =
                    world.live.imagine(readers -> events(wanted, readers), (now, then) -> {
                        List<Map<String, List<Cell>>> seen = new ArrayList<>();
                        int half = meanwhile.size() / 2;
                        for (List<Version> part :
                                List.of(meanwhile.subList(0, half), meanwhile.subList(half, meanwhile.size()))) {
                            inTime(() -> world.deliver(part));
                            seen.add(cells(now, world.figures));
                            seen.add(cells(then, world.figures));
                        }
                        return seen;
                    });

            World done = new World();
            done.deliver(there);
            done.deliver(wanted);
            Map<String, List<Cell>> after = everything(done);
            assertThat(looks).as("history %d", history).containsExactly(before, after, before, after);
        }
    }

    /** Both are of codes that nobody knew, and the first number that is free is one. */
    @Test
    void codes_that_come_while_changes_are_read_are_not_taken_for_theirs() {
        World world = new World();
        Version wanted = enrolment("12/S1", 1, "AAA");
        Version meanwhile = enrolment("12/S2", 1, "BBB");
        AtomicBoolean come = new AtomicBoolean();

        Map<String, List<Cell>> imagined = world.live.imagine(
                readers -> {
                    List<FactEvent> events = events(List.of(wanted), readers);
                    if (!come.getAndSet(true)) {
                        inTime(() -> world.deliver(List.of(meanwhile)));
                    }
                    return events;
                },
                (now, then) -> cells(then, world.figures));

        world.deliver(List.of(wanted));
        assertThat(imagined).isEqualTo(everything(world));
    }

    /** What the fact gives is taken away as it was when the figures were taken, not as it is a moment later. */
    @Test
    void a_fact_that_changes_again_and_again_is_imagined_once() throws InterruptedException {
        World world = new World();
        AtomicBoolean over = new AtomicBoolean();
        Thread sender = Thread.ofPlatform().start(() -> {
            for (int version = 1; !over.get(); version++) {
                world.deliver(List.of(enrolment("12/S1", version, version % 2 == 0 ? "KEN" : "LAO")));
            }
        });
        List<Version> wanted = List.of(enrolment("12/S1", 1, "THA"));

        Set<Map<String, List<Cell>>> looks = new HashSet<>();
        for (int i = 0; i < CHANGES; i++) {
            Map<String, List<Cell>> imagined =
                    world.live.imagine(readers -> events(wanted, readers), (now, then) -> cells(then, world.figures));
            looks.add(imagined);
        }
        over.set(true);
        sender.join();

        World done = new World();
        done.deliver(wanted);
        assertThat(looks).containsExactly(everything(done));
    }

    private static Version enrolment(String key, int version, String nationality) {
        return new Version(
                "inbound-enrolment",
                key,
                version,
                "created",
                Map.of("nationality", nationality, "college", "4112000001", "startedOn", "2020-02-29"));
    }

    /** Fails when others must wait. */
    private static void inTime(Runnable others) {
        assertThat(CompletableFuture.runAsync(others)).succeedsWithin(Duration.ofSeconds(10));
    }

    /** The newest version of each record that is newer than what is there. */
    private static List<Version> newest(List<Version> there, List<Version> more) {
        Map<String, Integer> known = new HashMap<>();
        there.forEach(version -> known.merge(version.record() + version.key(), version.version(), Math::max));
        Map<String, Version> newest = new TreeMap<>();
        for (Version version : more) {
            if (version.version() > known.getOrDefault(version.record() + version.key(), 0)) {
                newest.merge(version.record() + version.key(), version, (a, b) -> a.version() >= b.version() ? a : b);
            }
        }
        return new ArrayList<>(newest.values());
    }

    private static List<FactEvent> events(List<Version> versions, FactReaders readers) {
        return versions.stream().map(version -> World.event(readers, version)).toList();
    }

    private static Map<String, List<Cell>> everything(World world) {
        return world.live.read(cut -> cells(cut, world.figures));
    }

    private static Map<String, List<Cell>> cells(Cut cut, Figures figures) {
        Map<String, List<Cell>> cells = new TreeMap<>();
        for (Indicator indicator : World.CATALOGUE.all()) {
            List<By> by = new ArrayList<>(List.of(new By.Year()));
            indicator.dimensions().forEach(dimension -> by.add(new By.Dimension(dimension)));
            cells.put(
                    indicator.code(),
                    figures.cells(
                            cut,
                            new FigureQuery(indicator, by, Map.of(), List.of(), new Period.Current()),
                            Optional.empty()));
        }
        return cells;
    }
}
