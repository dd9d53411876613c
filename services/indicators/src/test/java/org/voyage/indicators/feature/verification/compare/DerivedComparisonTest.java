package org.voyage.indicators.feature.verification.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.voyage.indicators.cube.LiveFigureTampering;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Unit;
import org.voyage.indicators.feature.verification.proof.WrongFigureCalculator;
import org.voyage.indicators.feature.verification.recount.InMemoryStateSource;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.indicators.feature.verification.recount.RecountDefinitions;
import org.voyage.indicators.feature.verification.recount.RecountPass;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;
import org.voyage.kittest.TestEffort;

class DerivedComparisonTest {

    private static final long SEED = 20_261_129;
    private static final int WORLDS = TestEffort.choose(4, 12);
    /** Number of histories in one set of figures. */
    private static final int HISTORIES = 12;

    private static final int MAX_SHOWN = 10_000;

    @Test
    void what_is_answered_about_every_derived_figure_follows_from_the_cells()
            throws ProofUndecidedException, InterruptedException {
        Map<String, Long> values = new TreeMap<>();
        for (int world = 0; world < WORLDS; world++) {
            RecountedFigures proven = RecountedFigures.takeFrom(new TestFigures(), SEED + world);

            DerivedComparison comparison = proven.compareDerived(proven.world.calculator);

            assertThat(comparison.shown()).as("world %d", world).isEmpty();
            assertThat(comparison.differingValueCount()).isZero();
            assertThat(comparison.hash()).matches("[0-9a-f]{64}");
            values.merge("all", comparison.values(), Long::sum);
            proven.derivedQueries().stream()
                    .flatMap(question -> proven.servedValues(proven.world.calculator).valuesOf(question).stream()
                            .filter(cell -> cell.exact() != null && cell.exact().signum() != 0)
                            .map(cell -> question.figure().code()))
                    .forEach(code -> values.merge(code, 1L, Long::sum));
        }
        assertThat(values.getOrDefault("all", 0L)).isGreaterThan(WORLDS * 4_000L);
        assertThat(values.keySet())
                .as("figures with values, those apart that take hundreds in a province")
                .containsAll(testedFigures().stream()
                        .map(Figure::code)
                        .filter(code -> !Set.of("inbound-provinces-over-500", "teacher-training-provinces-over-10000")
                                .contains(code))
                        .toList());
    }

    /** A bug in the serving code, as a program may have it. */
    private record PlantedBug(
            String figure, UnaryOperator<FigureQuery> question, UnaryOperator<List<ResultCell>> answer, Clock clock) {}

    static Stream<Named<PlantedBug>> bugs() {
        DerivationRule.ShareRule recognised = (DerivationRule.ShareRule) ruleOf("credential-recognition-rate");
        DerivationRule.ShareRule schools = (DerivationRule.ShareRule) ruleOf("overseas-schools-share");
        DerivationRule.DifferenceRule unused =
                (DerivationRule.DifferenceRule) ruleOf("overseas-schools-without-students");
        DerivationRule.SumRule cooperations = (DerivationRule.SumRule) ruleOf("cooperations");
        Figure partners = findFigure("cooperation-partners");
        return Stream.of(
                derivationBug(
                        "a condition is forgotten",
                        "credential-recognition-rate",
                        new DerivationRule.ShareRule(recognised.whole(), recognised.whole())),
                derivationBug(
                        "part and whole change places",
                        "credential-recognition-rate",
                        new DerivationRule.ShareRule(recognised.whole(), recognised.part())),
                derivationBug(
                        "the whole is split as the part is",
                        "overseas-schools-share",
                        new DerivationRule.ShareRule(schools.part(), schools.part())),
                derivationBug(
                        "a term is taken twice",
                        "cooperations",
                        new DerivationRule.SumRule(List.of(
                                cooperations.figures().getFirst(),
                                cooperations.figures().getFirst()))),
                derivationBug(
                        "a term is missing",
                        "cooperation-partners",
                        new DerivationRule.SumRule(List.of(findFigure("cooperative-programme-partners")))),
                derivationBug(
                        "a headcount of 0 has students",
                        "overseas-schools-without-students",
                        new DerivationRule.DifferenceRule(
                                unused.minuend(),
                                new DerivationRule.ShareOperand(
                                        unused.subtrahend().figure(), Map.of(), Set.of()),
                                unused.reported())),
                derivationBug(
                        "schools of other provinces have no students",
                        "overseas-schools-without-students",
                        new DerivationRule.DifferenceRule(unused.minuend(), unused.subtrahend(), (CountedFigure)
                                findFigure("cooperative-students"))),
                derivationBug(
                        "the change goes back too far",
                        "standards-adopted-change",
                        new DerivationRule.ChangeRule(findFigure("standards-adopted"), 2)),
                derivationBug(
                        "the threshold itself is over it",
                        "partner-countries-over-1",
                        new DerivationRule.ThresholdCountRule(partners, "partnerCountry", 0)),
                derivationBug(
                        "one too few is taken",
                        "cooperation-partners-top-3-share",
                        new DerivationRule.TopShareRule(partners, "partnerCountry", 2)),
                derivationBug(
                        "the largest stands for the index",
                        "overseas-schools-concentration",
                        new DerivationRule.TopShareRule(findFigure("overseas-schools"), "region", 1)),
                queryBug(
                        "the growth ends a year early",
                        "inbound-students-growth",
                        query -> query.period() instanceof PeriodFilter.YearRangePeriod years
                                        && years.lastYear() - years.firstYear() > 1
                                ? query.withPeriod(
                                        new PeriodFilter.YearRangePeriod(years.firstYear(), years.lastYear() - 1))
                                : query),
                answerBug(
                        "a median is the lower of two",
                        "foreign-teacher-stay-median",
                        cells -> mapValues(cells, exact -> exact.setScale(0, RoundingMode.FLOOR))),
                answerBug(
                        "values are rounded before they are shown",
                        "overseas-schools-share",
                        cells -> mapValues(cells, exact -> exact.setScale(2, RoundingMode.HALF_UP))),
                answerBug(
                        "a share of nothing is 0",
                        "credential-recognition-rate",
                        cells -> cells.stream()
                                .map(cell -> cell.exact() == null ? new ResultCell(cell.coordinates(), 0) : cell)
                                .toList()),
                answerBug("a place is lost", "cooperations", cells -> cells.subList(0, cells.size() - 1)),
                answerBug(
                        "a place comes twice",
                        "cooperations",
                        cells -> Stream.concat(cells.stream(), cells.stream().limit(1))
                                .toList()),
                Named.of(
                        "today is tomorrow",
                        new PlantedBug(
                                "cooperations",
                                query -> query,
                                cells -> cells,
                                Clock.offset(TestFigures.CLOCK, Duration.ofDays(1)))));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void a_mistake_in_a_derivation_is_found_and_nothing_else(PlantedBug bug)
            throws ProofUndecidedException, InterruptedException {
        RecountedFigures proven = RecountedFigures.takeFrom(new TestFigures(), SEED);

        DerivedComparison comparison = proven.compareDerived(new BuggyFigureCalculator(bug));

        assertThat(comparison.differingValueCount()).isPositive();
        assertThat(comparison.shown())
                .hasSize((int) comparison.differingValueCount())
                .extracting(unlike -> unlike.question().figure().code())
                .containsOnly(bug.figure());
        assertThat(proven.traceDifferences(comparison, new BuggyFigureCalculator(bug)))
                .extracting(DerivedDifference::origin)
                .containsOnly(DerivedOrigin.DERIVATION);
    }

    /** The tracer gets no figure with a differing cell, as if the scan and not the cell were wrong. */
    @Test
    void a_wrong_sum_of_right_cells_is_no_mistake_of_the_derivation()
            throws ProofUndecidedException, InterruptedException {
        RecountedFigures proven = RecountedFigures.takeFrom(new TestFigures(), SEED);
        LiveFigureTampering.addAmount(
                proven.world.liveFigures, "overseas-schools", firstContributor(proven.world, "overseas-schools"), 3);
        RecountedFigures tampered = proven.copyAgain();

        DerivedComparison comparison = tampered.compareDerived(proven.world.calculator);

        assertThat(tampered.traceDifferences(comparison, proven.world.calculator))
                .isNotEmpty()
                .allSatisfy(difference -> {
                    assertThat(difference.origin()).isEqualTo(DerivedOrigin.SUMS);
                    assertThat(difference.parts()).anySatisfy(part -> {
                        assertThat(part.indicator()).isEqualTo("overseas-schools");
                        assertThat(part.served()).isEqualTo(part.recounted().add(BigDecimal.valueOf(3)));
                    });
                });
    }

    private static String firstContributor(TestFigures world, String figure) {
        return world.liveFigures.readView(view -> {
            List<String> keys = new ArrayList<>();
            view.visitContributions(figure, (key, version, at, amount) -> keys.add(key));
            return keys.getFirst();
        });
    }

    /** Returns the figures of the catalogue, and some that need few facts. */
    private static List<Figure> testedFigures() {
        List<Figure> figures = new ArrayList<>(TestFigures.CATALOGUE.figures());
        figures.removeIf(figure -> !(figure instanceof DerivedFigure));
        Figure partners = findFigure("cooperation-partners");
        figures.add(derivedFigure(
                "partner-countries-over-1",
                new DerivationRule.ThresholdCountRule(partners, "partnerCountry", 1),
                partners));
        Figure overOne = derivedFigure(
                "provinces-over-1", new DerivationRule.ThresholdCountRule(partners, "province", 1), partners);
        figures.add(derivedFigure(
                "provinces-over-1-share",
                new DerivationRule.ShareRule(
                        new DerivationRule.ShareOperand(overOne, Map.of("region", Set.of("asia", "europe")), Set.of()),
                        new DerivationRule.ShareOperand(overOne, Map.of(), Set.of())),
                partners));
        return figures;
    }

    private static DerivedFigure derivedFigure(String code, DerivationRule rule, Figure of) {
        LocalizedText text = new LocalizedText(code, code);
        List<String> dimensions = new ArrayList<>(of.dimensions());
        dimensions.removeAll(Set.of("province", "partnerCountry", "region"));
        return new DerivedFigure(code, 1, text, new Unit("any", "", ""), rule, dimensions, of.lists(), text);
    }

    private static Figure findFigure(String code) {
        return TestFigures.CATALOGUE.findFigure(code).orElseThrow();
    }

    private static DerivationRule ruleOf(String code) {
        return ((DerivedFigure) findFigure(code)).rule();
    }

    private static Named<PlantedBug> derivationBug(String name, String figure, DerivationRule rule) {
        return queryBug(name, figure, query -> {
            DerivedFigure right = (DerivedFigure) query.figure();
            DerivedFigure wrong = new DerivedFigure(
                    right.code(),
                    right.version(),
                    right.name(),
                    right.unit(),
                    rule,
                    right.dimensions(),
                    right.lists(),
                    right.derivation());
            return new FigureQuery(wrong, query.breakdowns(), query.filters(), query.listFilters(), query.period());
        });
    }

    private static Named<PlantedBug> queryBug(String name, String figure, UnaryOperator<FigureQuery> question) {
        return Named.of(name, new PlantedBug(figure, question, cells -> cells, TestFigures.CLOCK));
    }

    private static Named<PlantedBug> answerBug(String name, String figure, UnaryOperator<List<ResultCell>> answer) {
        return Named.of(name, new PlantedBug(figure, query -> query, answer, TestFigures.CLOCK));
    }

    private static List<ResultCell> mapValues(List<ResultCell> cells, UnaryOperator<BigDecimal> change) {
        return cells.stream()
                .map(cell ->
                        cell.exact() == null ? cell : new ResultCell(cell.coordinates(), change.apply(cell.exact())))
                .toList();
    }

    private static final class BuggyFigureCalculator extends WrongFigureCalculator {
        private final PlantedBug bug;
        private final FigureCalculator others =
                new FigureCalculator(TestFigures.REFERENCE, TestFigures.CLOCK, Integer.MAX_VALUE);

        private BuggyFigureCalculator(PlantedBug bug) {
            super(TestFigures.REFERENCE, bug.clock());
            this.bug = bug;
        }

        @Override
        public List<ResultCell> computeCells(FiguresView view, FigureQuery query, Optional<String> province) {
            return query.figure().code().equals(bug.figure())
                    ? bug.answer().apply(super.computeCells(view, bug.question().apply(query), province))
                    : others.computeCells(view, query, province);
        }
    }

    /** Figures of many records, with the data for a recount. */
    private record RecountedFigures(TestFigures world, List<HistoryVersion> deliveries, FiguresSnapshot frozen) {

        static RecountedFigures takeFrom(TestFigures world, long seed) {
            List<HistoryVersion> deliveries = IntStream.range(0, HISTORIES)
                    .mapToObj(history -> new RecordHistory(new Random(seed * HISTORIES + history), "H" + history))
                    .flatMap(history -> history.randomDeliveries().stream())
                    .toList();
            world.deliverVersions(deliveries);
            return new RecountedFigures(world, deliveries, FiguresSnapshot.capture(world.liveFigures));
        }

        /** Copies the same figures again. */
        RecountedFigures copyAgain() {
            return new RecountedFigures(world, deliveries, FiguresSnapshot.capture(world.liveFigures));
        }

        List<DerivedQuery> derivedQueries() {
            return DerivedQuery.queriesAbout(testedFigures(), frozen, TestFigures.TODAY);
        }

        ServedValues servedValues(FigureCalculator figures) {
            return new ServedValues(figures, TestFigures.CLOCK, frozen.view());
        }

        DerivedComparison compareDerived(FigureCalculator figures)
                throws ProofUndecidedException, InterruptedException {
            DerivedComparison comparison =
                    new DerivedComparison(derivedQueries(), TestFigures.REFERENCE, TestFigures.TODAY, MAX_SHOWN);
            RecountDefinitions definitions =
                    new RecountDefinitions(frozen.indicators(), TestFigures.REFERENCE.geography());
            RecountPass road = new RecountPass(new InMemoryStateSource(deliveries, definitions), definitions);
            for (String record : definitions.records()) {
                comparison.addCells(definitions.recountsOf(record), road.countRecord(record));
            }
            comparison.compareAll(servedValues(figures));
            return comparison;
        }

        List<DerivedDifference> traceDifferences(DerivedComparison comparison, FigureCalculator figures) {
            DerivedDifferenceTracer tracing = new DerivedDifferenceTracer(
                    servedValues(figures), comparison.totals(), TestFigures.TODAY, Set.of());
            return comparison.shown().stream().map(tracing::traceValue).toList();
        }
    }
}
