package org.voyage.indicators.feature.explanation;

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
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.EvidenceHistory.StoredVersion;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.OperandQuery;
import org.voyage.indicators.query.ResultCell;
import org.voyage.kittest.TestEffort;

class AttributionSumTest {

    private static final int HISTORIES = TestEffort.choose(60, 300);
    private static final long SEED = 20_261_125;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Instant LATER_TIME = Instant.parse("2027-03-01T04:00:00Z");

    @Test
    void the_records_behind_a_value_add_up_to_it_whoever_looks() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            TestFigures world = new TestFigures();
            world.deliverVersions(new RecordHistory(random).randomDeliveries());
            for (Figure figure : TestFigures.CATALOGUE.figures()) {
                FigureQuery query = new ValueQueryGenerator(random).randomQuery(figure, world);
                for (OperandQuery counted : world.calculator.countedOperands(query)) {
                    for (Optional<String> reader : List.of(Optional.<String>empty(), Optional.of("12"))) {
                        ContributionPage behind = world.liveFigures.readView(
                                view -> readAllPages(view, counted, world.calculator, reader, 1 + random.nextInt(5)));

                        assertThat(sumContributions(counted, behind))
                                .as("history %d, %s of %s, read by %s", history, counted.role(), query, reader)
                                .isEqualTo(world.liveFigures.readView(
                                        view -> sumCells(world.calculator.computeCells(view, counted))));
                        assertThat(behind.contributions())
                                .allMatch(given -> reader.map(own -> given.key.startsWith(own + "/"))
                                        .orElse(true));
                    }
                }
            }
        }
    }

    @Test
    void what_moved_a_value_adds_up_to_the_difference() throws UnreadableEventException, SQLException {
        Map<ChangeReason, Integer> met = new EnumMap<>(ChangeReason.class);
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED - history);
            List<HistoryVersion> deliveries = new RecordHistory(random).randomDeliveries();
            int middle = random.nextInt(deliveries.size());
            List<HistoryVersion> first = deliveries.subList(0, middle);
            TestFigures end = new TestFigures();
            end.deliverVersions(deliveries);
            FigureCalculator later = end.calculator.withClock(Clock.fixed(LATER_TIME, ZONE));
            for (Figure figure : TestFigures.CATALOGUE.figures()) {
                FigureQuery query = new ValueQueryGenerator(random).randomQuery(figure, end);
                ReplayedValue replayed = new ReplayedValue(figure, query, first);

                AttributedChange movement = replayed.replayTo(
                        toStoredVersions(deliveries.subList(middle, deliveries.size()), random), later);

                assertThat(replayed.valueBefore.add(movement.sumAll()))
                        .as("history %d, %s", history, query)
                        .isEqualByComparingTo(valueOf(end.liveFigures, later, query))
                        .isEqualByComparingTo(valueOf(replayed.figures, later, query));
                movement.sumByCause()
                        .keySet()
                        .forEach(why -> met.merge(why, movement.effectsOf(why).events(), Integer::sum));
            }
        }
        assertThat(met.keySet())
                .contains(
                        ChangeReason.NEW,
                        ChangeReason.LATE,
                        ChangeReason.CORRECTED,
                        ChangeReason.WITHDRAWN,
                        ChangeReason.RESTORED,
                        ChangeReason.RENAMED,
                        ChangeReason.PARENT_CHANGED);
    }

    /** Returns all pages, merged. */
    private static ContributionPage readAllPages(
            FiguresView view, OperandQuery counted, FigureCalculator figures, Optional<String> reader, int size) {
        ContributionPage page = ContributionPage.collect(
                view, counted, figures, reader, new ContributionPage.ContributionPageRequest(Optional.empty(), size));
        List<FactContribution> shown = new ArrayList<>(page.contributions());
        while (page.hasMore()) {
            assertThat(page.contributions()).hasSize(size);
            FactContribution last = shown.getLast();
            FactContribution.ContributionSortKey order = last.sortKey();
            page = ContributionPage.collect(
                    view,
                    counted,
                    figures,
                    reader,
                    new ContributionPage.ContributionPageRequest(Optional.of(order), size));
            shown.addAll(page.contributions());
        }
        assertThat(shown).isSortedAccordingTo(FactContribution.CONTRIBUTION_ORDER);
        assertThat(shown)
                .extracting(given -> given.key + "\n" + given.placeCodes())
                .doesNotHaveDuplicates();
        return new ContributionPage(shown, false, page.hiddenRecords(), page.hiddenAmount());
    }

    private static long sumContributions(OperandQuery counted, ContributionPage behind) {
        if (!(counted.query().figure() instanceof CountedFigure figure
                && figure.measure() instanceof Measure.DistinctMeasure)) {
            return behind.contributions().stream()
                            .mapToLong(FactContribution::amount)
                            .sum()
                    + behind.hiddenAmount();
        }
        Set<String> elements = new HashSet<>();
        behind.contributions()
                .forEach(given -> given.elements().forEach(element -> elements.add(given.place + " " + element)));
        return elements.size() + behind.hiddenAmount();
    }

    /** Returns the value of a whole, or the sum over all codes. */
    private static long sumCells(List<ResultCell> cells) {
        return cells.stream()
                .filter(cell -> !cell.coordinates().containsValue(CodeDictionary.ABSENT_TEXT))
                .mapToLong(ResultCell::wholeValue)
                .sum();
    }

    private static BigDecimal valueOf(LiveFigures live, FigureCalculator figures, FigureQuery query) {
        return live.readView(new ValueQuery(figures, query)::computeValueOrZero);
    }

    private static List<StoredVersion> toStoredVersions(List<HistoryVersion> versions, Random random) {
        List<StoredVersion> steps = new ArrayList<>();
        for (HistoryVersion version : versions) {
            Instant made = Instant.parse((2013 + random.nextInt(15)) + "-06-01T00:00:00Z");
            String cause = random.nextInt(10) == 0 ? "rename" : "request";
            steps.add(new StoredVersion(
                    version.record(),
                    new EvidenceHistory.VersionLocation(
                            version.key(), version.version(), "any." + version.record(), 0, 0, made, version.change()),
                    cause,
                    version.stateJson()));
        }
        return steps;
    }

    private static final class ReplayedValue {
        private final FigureQuery query;
        private final ChangeReplay replay;
        private final FactReaderRegistry readers;
        private final TestFigures start = new TestFigures();
        final LiveFigures figures;
        final BigDecimal valueBefore;

        ReplayedValue(Figure figure, FigureQuery query, List<HistoryVersion> first) throws UnreadableEventException {
            this.query = query;
            this.replay = new ChangeReplay(figure, Duration.ofDays(90), ZONE, _ -> true);
            FigureCatalogue catalogue = new FigureCatalogue(figure.countedFigures());
            RecordLayoutRegistry layouts = new RecordLayoutRegistry(catalogue, figure.records());
            DictionaryRegistry dictionaries = new DictionaryRegistry();
            this.figures = new LiveFigures(catalogue, layouts, dictionaries, TestFigures.REFERENCE.geography());
            this.readers = new FactReaderRegistry(layouts, dictionaries);
            figures.addListener(replay);
            List<LiveBatch.LiveBatchItem> items = new ArrayList<>();
            for (HistoryVersion version : first) {
                if (figure.records().contains(version.record())) {
                    byte[] after = version.stateJson();
                    items.add(new LiveBatch.LiveBatchItem(
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
                                            : readers.readerOf(version.record()).readState(after))));
                }
            }
            figures.applyBatch(new LiveBatch(items, Map.of()));
            this.valueBefore = valueOf(figures, start.calculator, query);
        }

        AttributedChange replayTo(List<StoredVersion> steps, FigureCalculator later) throws SQLException {
            List<String> records = query.figure().records();
            return replay.replay(
                    figures,
                    readers,
                    to -> steps.stream()
                            .filter(step -> records.contains(step.record()))
                            .forEach(to),
                    new ValueQuery(later, query),
                    Map.of(
                            ChangeReason.TIME_PASSED,
                            valueOf(figures, later, query).subtract(valueBefore)),
                    Map.of());
        }
    }
}
