package org.voyage.indicators.explanation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.evidence.PastEvidence;
import org.voyage.indicators.evidence.PastEvidence.Step;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.History;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.World;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.kittest.TestEffort;

class AddsUpTest {

    private static final int HISTORIES = TestEffort.choose(60, 300);
    private static final long SEED = 20_261_125;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant LATER = Instant.parse("2027-03-01T04:00:00Z");

    @Test
    void the_records_behind_a_value_add_up_to_it_whoever_looks() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            World world = new World();
            world.deliver(new History(random).deliveries());
            for (Figure figure : World.CATALOGUE.figures()) {
                FigureQuery query = new Questions(random).about(figure, world);
                for (Component counted : world.figures.behind(query)) {
                    for (Optional<String> reader : List.of(Optional.<String>empty(), Optional.of("12"))) {
                        Behind behind = world.live.read(
                                cut -> pageByPage(cut, counted, world.figures, reader, 1 + random.nextInt(5)));

                        assertThat(addedUp(counted, behind))
                                .as("history %d, %s of %s, read by %s", history, counted.role(), query, reader)
                                .isEqualTo(world.live.read(cut -> sum(world.figures.cells(cut, counted))));
                        assertThat(behind.shown())
                                .allMatch(given -> reader.map(own -> given.key.startsWith(own + "/"))
                                        .orElse(true));
                    }
                }
            }
        }
    }

    @Test
    void what_moved_a_value_adds_up_to_the_difference() throws UnreadableEvent, SQLException {
        Map<Why, Integer> met = new EnumMap<>(Why.class);
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED - history);
            List<Version> deliveries = new History(random).deliveries();
            int middle = random.nextInt(deliveries.size());
            List<Version> first = deliveries.subList(0, middle);
            World end = new World();
            end.deliver(deliveries);
            Figures later = end.figures.on(Clock.fixed(LATER, ZONE));
            for (Figure figure : World.CATALOGUE.figures()) {
                FigureQuery query = new Questions(random).about(figure, end);
                Replayed replayed = new Replayed(figure, query, first);

                Movement movement = replayed.to(steps(deliveries.subList(middle, deliveries.size()), random), later);

                assertThat(replayed.before.add(movement.difference()))
                        .as("history %d, %s", history, query)
                        .isEqualByComparingTo(value(end.live, later, query))
                        .isEqualByComparingTo(value(replayed.figures, later, query));
                movement.amounts()
                        .keySet()
                        .forEach(why -> met.merge(why, movement.effects(why).events(), Integer::sum));
            }
        }
        assertThat(met.keySet())
                .contains(
                        Why.NEW, Why.LATE, Why.CORRECTED, Why.WITHDRAWN, Why.RESTORED, Why.RENAMED, Why.PARENT_CHANGED);
    }

    /** All pages, put together. */
    private static Behind pageByPage(Cut cut, Component counted, Figures figures, Optional<String> reader, int size) {
        Behind page = Behind.of(cut, counted, figures, reader, new Behind.Page(Optional.empty(), size));
        List<Given> shown = new ArrayList<>(page.shown());
        while (page.more()) {
            assertThat(page.shown()).hasSize(size);
            Given last = shown.getLast();
            Given.Order order = new Given.Order(last.key, last.codes());
            page = Behind.of(cut, counted, figures, reader, new Behind.Page(Optional.of(order), size));
            shown.addAll(page.shown());
        }
        assertThat(shown).isSortedAccordingTo(Given.ORDER);
        assertThat(shown).extracting(given -> given.key + "\n" + given.codes()).doesNotHaveDuplicates();
        return new Behind(shown, false, page.hiddenRecords(), page.hiddenAmount());
    }

    private static long addedUp(Component counted, Behind behind) {
        if (!(counted.query().indicator() instanceof Indicator indicator
                && indicator.measure() instanceof Measure.Distinct)) {
            return behind.shown().stream().mapToLong(Given::amount).sum() + behind.hiddenAmount();
        }
        Set<String> elements = new HashSet<>();
        behind.shown().forEach(given -> given.elements().forEach(element -> elements.add(given.place + " " + element)));
        return elements.size() + behind.hiddenAmount();
    }

    /** Of a whole its value, of what is looked at code by code those at every code. */
    private static long sum(List<Cell> cells) {
        return cells.stream()
                .filter(cell -> !cell.at().containsValue(Dictionary.ABSENT_TEXT))
                .mapToLong(Cell::value)
                .sum();
    }

    private static BigDecimal value(LiveFigures live, Figures figures, FigureQuery query) {
        return live.read(new Asking(figures, query)::orZero);
    }

    private static List<Step> steps(List<Version> versions, Random random) {
        List<Step> steps = new ArrayList<>();
        for (Version version : versions) {
            Instant made = Instant.parse((2013 + random.nextInt(15)) + "-06-01T00:00:00Z");
            String cause = random.nextInt(10) == 0 ? "rename" : "request";
            steps.add(new Step(
                    version.record(),
                    new PastEvidence.Place(
                            version.key(), version.version(), "any." + version.record(), 0, 0, made, version.change()),
                    cause,
                    version.after()));
        }
        return steps;
    }

    private static final class Replayed {
        private final FigureQuery query;
        private final Replay replay;
        private final FactReaders readers;
        private final World start = new World();
        final LiveFigures figures;
        final BigDecimal before;

        Replayed(Figure figure, FigureQuery query, List<Version> first) throws UnreadableEvent {
            this.query = query;
            this.replay = new Replay(figure, Duration.ofDays(90), ZONE, _ -> true);
            Catalogue catalogue = new Catalogue(figure.counted());
            Layouts layouts = new Layouts(catalogue, figure.records());
            Dictionaries dictionaries = new Dictionaries();
            this.figures = new LiveFigures(catalogue, layouts, dictionaries, World.REFERENCE.geography());
            this.readers = new FactReaders(layouts, dictionaries);
            figures.listen(replay);
            List<LiveBatch.Item> items = new ArrayList<>();
            for (Version version : first) {
                if (figure.records().contains(version.record())) {
                    byte[] after = version.after();
                    items.add(new LiveBatch.Item(
                            "any",
                            version.record(),
                            version.key(),
                            new FactEvent(
                                    version.record(),
                                    version.key(),
                                    version.version(),
                                    version.change(),
                                    after == null
                                            ? null
                                            : readers.of(version.record()).readState(after))));
                }
            }
            figures.apply(new LiveBatch(items, Map.of()));
            this.before = value(figures, start.figures, query);
        }

        Movement to(List<Step> steps, Figures later) throws SQLException {
            List<String> records = query.indicator().records();
            return replay.run(
                    figures,
                    readers,
                    to -> steps.stream()
                            .filter(step -> records.contains(step.record()))
                            .forEach(to),
                    new Asking(later, query),
                    Map.of(Why.TIME_PASSED, value(figures, later, query).subtract(before)),
                    Map.of());
        }
    }
}
