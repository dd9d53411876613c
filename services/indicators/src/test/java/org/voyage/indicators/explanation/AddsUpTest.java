package org.voyage.indicators.explanation;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.History;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.World;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;

class AddsUpTest {

    private static final int HISTORIES = 300;
    private static final long SEED = 20_261_125;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant LATER = Instant.parse("2027-03-01T04:00:00Z");

    @Test
    void the_records_behind_a_value_add_up_to_it_whoever_looks() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            World world = new World();
            world.deliver(new History(random).deliveries());
            for (Indicator indicator : World.CATALOGUE.all()) {
                FigureQuery query = new Questions(random).about(indicator, world);
                for (Optional<String> reader : List.of(Optional.<String>empty(), Optional.of("12"))) {
                    Behind behind = world.live.read(cut -> Behind.of(cut, query, world.figures, reader));

                    assertThat(addedUp(indicator, behind))
                            .as("history %d, %s, read by %s", history, query, reader)
                            .isEqualTo(value(world.live, world.figures, query));
                    assertThat(behind.shown())
                            .allMatch(given -> reader.map(own -> given.key.startsWith(own + "/"))
                                    .orElse(true));
                }
            }
        }
    }

    @Test
    void what_moved_a_value_adds_up_to_the_difference() throws UnreadableEvent {
        Map<Why, Integer> met = new EnumMap<>(Why.class);
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED - history);
            List<Version> deliveries = new History(random).deliveries();
            int middle = random.nextInt(deliveries.size());
            List<Version> first = deliveries.subList(0, middle);
            World end = new World();
            end.deliver(deliveries);
            Figures later = end.figures.on(Clock.fixed(LATER, ZONE));
            for (Indicator indicator : World.CATALOGUE.all()) {
                FigureQuery query = new Questions(random).about(indicator, end);
                Replayed replayed = new Replayed(indicator, query, first);

                Movement movement = replayed.to(steps(deliveries.subList(middle, deliveries.size()), random), later);

                assertThat(replayed.before + movement.difference())
                        .as("history %d, %s", history, query)
                        .isEqualTo(value(end.live, later, query))
                        .isEqualTo(value(replayed.figures, later, query));
                movement.effects().forEach((why, effects) -> met.merge(why, effects.size(), Integer::sum));
            }
        }
        assertThat(met.keySet())
                .contains(
                        Why.NEW, Why.LATE, Why.CORRECTED, Why.WITHDRAWN, Why.RESTORED, Why.RENAMED, Why.PARENT_CHANGED);
    }

    private static long addedUp(Indicator indicator, Behind behind) {
        if (!(indicator.measure() instanceof Measure.Distinct)) {
            return behind.shown().stream().mapToLong(Given::amount).sum() + behind.hiddenAmount();
        }
        Set<String> elements = new HashSet<>();
        behind.shown().forEach(given -> elements.addAll(given.elements()));
        return elements.size() + behind.hiddenAmount();
    }

    private static long value(LiveFigures live, Figures figures, FigureQuery query) {
        return live.read(
                cut -> figures.cells(cut, query, Optional.empty()).getFirst().value());
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
        final long before;

        Replayed(Indicator indicator, FigureQuery query, List<Version> first) throws UnreadableEvent {
            this.query = query;
            this.replay = new Replay(indicator, Duration.ofDays(90), ZONE, Why.TIME_PASSED);
            Catalogue catalogue = new Catalogue(List.of(indicator));
            Layouts layouts = new Layouts(catalogue, indicator.records());
            Dictionaries dictionaries = new Dictionaries();
            this.figures = new LiveFigures(catalogue, layouts, dictionaries, World.REFERENCE.geography());
            this.readers = new FactReaders(layouts, dictionaries);
            figures.listen(replay);
            List<LiveBatch.Item> items = new ArrayList<>();
            for (Version version : first) {
                if (indicator.records().contains(version.record())) {
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

        Movement to(List<Step> steps, Figures later) {
            List<String> records = query.indicator().records();
            return replay.run(
                    figures,
                    readers,
                    steps.stream()
                            .filter(step -> records.contains(step.record()))
                            .toList(),
                    question(start.figures),
                    question(later),
                    Map.of());
        }

        private Replay.Question question(Figures on) {
            return new Replay.Question() {
                @Override
                public long value(Cut cut) {
                    return on.cells(cut, query, Optional.empty()).getFirst().value();
                }

                @Override
                public Slice slice(Cut cut) {
                    return on.slice(cut, query);
                }
            };
        }
    }
}
