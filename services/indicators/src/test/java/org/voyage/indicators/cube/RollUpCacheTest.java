package org.voyage.indicators.cube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.RollUpCache.RollUpLimits;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;
import org.voyage.kittest.TestEffort;

/** Test of the roll-up cache: figures with maximal roll-ups against figures without any. */
class RollUpCacheTest {

    private static final int HISTORIES = TestEffort.choose(200, 2_000);
    /** Number of figures in the queries of one history. */
    private static final int FIGURES_PER_HISTORY = 3;

    private static final int QUERIES_PER_HISTORY = 8;
    private static final long SEED = 20_261_127;

    private final LongAdder keptCount = new LongAdder();
    private final LongAdder evictedCount = new LongAdder();

    @Test
    void every_answer_is_that_of_all_cells_whatever_was_rolled_up_and_forgotten_before() {
        IntStream.range(0, HISTORIES).parallel().forEach(this::followHistory);

        // Otherwise the test would have compared nothing.
        assertThat(keptCount.sum()).as("roll-ups that went through a batch").isGreaterThan(HISTORIES);
        assertThat(evictedCount.sum()).as("roll-ups forgotten").isGreaterThan(HISTORIES / 10);
    }

    @Test
    void what_is_asked_once_is_not_rolled_up() {
        TestFigures world = new TestFigures(new RollUpLimits(1, 1, 8, 1));
        world.deliverVersions(randomEnrolments(400, new Random(SEED)));

        answerOf(world, randomQuery("inbound-students", "level"));

        assertThat(rollUps(world, "inbound-students").listRollUps()).isEmpty();
    }

    @Test
    void what_is_known_to_be_asked_is_rolled_up_once_for_all_questions() {
        TestFigures world = new TestFigures(new RollUpLimits(1, 1, 8, 1));
        world.deliverVersions(randomEnrolments(400, new Random(SEED)));
        List<FigureQuery> questions = List.of(
                randomQuery("inbound-students", "level"), randomQuery("inbound-students", "year", "nationality"));

        AggregateTable sums = world.liveFigures.readView(view -> {
            world.calculator.rollUpAhead(view, questions);
            RollUpCache rollUps = view.requireWhole("inbound-students").cube().rollUpCache();
            assertThat(rollUps.listRollUps()).hasSize(1);
            return rollUps.listRollUps().getFirst();
        });

        assertThat(sums.columns()).hasSize(2);
        questions.forEach(question -> answerOf(world, question));
        assertThat(rollUps(world, "inbound-students").listRollUps()).containsExactly(sums);
    }

    @Test
    void what_is_asked_again_is_rolled_up_if_it_gets_much_smaller() {
        TestFigures world = new TestFigures(new RollUpLimits(1, 4, 8, 2));
        world.deliverVersions(randomEnrolments(400, new Random(SEED)));
        FigureQuery byLevel = randomQuery("inbound-students", "level");
        FigureQuery byCollege = randomQuery("inbound-students", "college", "nationality");
        RollUpCache rollUps = rollUps(world, "inbound-students");

        for (int i = 0; i < 3; i++) {
            answerOf(world, byLevel);
            answerOf(world, byCollege);
        }

        assertThat(rollUps.listRollUps()).hasSize(1);
        AggregateTable sums = rollUps.listRollUps().getFirst();
        assertThat(sums.size()).isLessThanOrEqualTo(rollUps.finest().size() / 4);
        assertThat(rollUps.findOrRollUp(sums.requirement())).isSameAs(sums);
    }

    @Test
    void what_was_not_used_for_the_longest_goes_first() {
        TestFigures world = new TestFigures(new RollUpLimits(1, 1, 2, 1));
        world.deliverVersions(randomEnrolments(400, new Random(SEED)));
        List<FigureQuery> questions = List.of(
                randomQuery("inbound-students", "level"),
                randomQuery("inbound-students", "category"),
                randomQuery("inbound-students", "funding"));
        RollUpCache rollUps = rollUps(world, "inbound-students");
        questions.subList(0, 2).forEach(question -> answerTwice(world, question));
        AggregateTable byLevel = rollUps.listRollUps().getFirst();
        AggregateTable byCategory = rollUps.listRollUps().getLast();
        answerOf(world, questions.getFirst());

        answerTwice(world, questions.getLast());

        assertThat(rollUps.listRollUps()).hasSize(2).contains(byLevel).doesNotContain(byCategory);
    }

    @Test
    void a_roll_up_that_grows_with_the_figure_until_it_is_worth_nothing_goes() {
        TestFigures world = new TestFigures(new RollUpLimits(1, 4, 8, 4));
        world.deliverVersions(IntStream.range(0, 40)
                .mapToObj(i -> randomEnrolment(i, "2011-01-01", i))
                .toList());
        answerTwice(world, randomQuery("inbound-students", "level"));
        RollUpCache rollUps = rollUps(world, "inbound-students");
        int before = rollUps.listRollUps().size();

        world.deliverVersions(IntStream.range(10, 30)
                .mapToObj(day -> randomEnrolment(100 + day, "2026-10-" + day, day))
                .toList());

        assertThat(before).isEqualTo(1);
        assertThat(rollUps.listRollUps()).isEmpty();
    }

    @Test
    void who_reads_while_others_write_finds_roll_ups_that_are_exact() throws InterruptedException {
        TestFigures world = new TestFigures(new RollUpLimits(1, 1, 3, 1));
        Random random = new Random(SEED);
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> readers = IntStream.range(0, 4)
                .mapToObj(reader -> Thread.ofPlatform().start(() -> {
                    Random choice = new Random(SEED + reader);
                    while (!over.get() && wrong.isEmpty()) {
                        CountedFigure figure = pickOne(TestFigures.CATALOGUE.countedFigures(), choice);
                        try {
                            world.liveFigures.readView(view -> {
                                assertPartsSumToWhole(view, world.calculator, figure, choice);
                                return figure;
                            });
                        } catch (RuntimeException | AssertionError e) {
                            wrong.add(e);
                        }
                    }
                }))
                .toList();
        for (int i = 0; i < 40; i++) {
            List<HistoryVersion> deliveries = new RecordHistory(random, "H" + i).randomDeliveries();
            for (int from = 0; from < deliveries.size(); from += 5) {
                world.deliverVersions(deliveries.subList(from, Math.min(deliveries.size(), from + 5)));
            }
        }
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(wrong).isEmpty();
        assertExact(world.liveFigures, "after all");
    }

    private void followHistory(int history) {
        Random random = new Random(SEED + history);
        TestFigures world = new TestFigures(new RollUpLimits(1, 1, 1 + random.nextInt(4), 1));
        TestFigures plain = new TestFigures(RollUpLimits.NO_ROLL_UPS);
        List<HistoryVersion> deliveries = new RecordHistory(random).randomDeliveries();
        List<Figure> figures = new ArrayList<>(TestFigures.CATALOGUE.figures());
        Collections.shuffle(figures, random);
        List<FigureQuery> asked = new ArrayList<>();
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(8));
            String at = "history " + history + " up to " + to;
            if (random.nextInt(8) == 0) {
                assertSameHypothetical(world, plain, asked, deliveries.subList(from, deliveries.size()), at);
            }
            List<AggregateTable> before = rollUpsOf(world.liveFigures);
            world.deliverVersions(deliveries.subList(from, to));
            plain.deliverVersions(deliveries.subList(from, to));
            keptCount.add(countCommon(before, rollUpsOf(world.liveFigures)));
            if (asked.size() == QUERIES_PER_HISTORY) {
                asked.remove(random.nextInt(QUERIES_PER_HISTORY));
            }
            asked.add(randomQuery(figures.get(random.nextInt(FIGURES_PER_HISTORY)), plain, random));
            assertSameAnswers(asked, world, plain, at);
            Collections.shuffle(asked, random);
            assertSameAnswers(asked, world, plain, at);
            assertExact(world.liveFigures, at);
            evictedCount.add(before.size() - countCommon(before, rollUpsOf(world.liveFigures)));
            if (random.nextInt(16) == 0) {
                LiveFigures rebuilt = world.newFigures();
                world.deliverVersions(rebuilt, deliveries.subList(0, to));
                assertThat(world.liveFigures.replaceWith(rebuilt)).isTrue();
                assertSameAnswers(asked, world, plain, at + ", adopted");
            }
            from = to;
        }
    }

    private static void assertSameAnswers(List<FigureQuery> asked, TestFigures world, TestFigures plain, String at) {
        for (FigureQuery query : asked) {
            assertThat(answerOf(world, query)).as("%s: %s", at, describe(query)).isEqualTo(answerOf(plain, query));
        }
    }

    /** Asserts that the current and the hypothetical answers agree, and that the latter left no trace. */
    private static void assertSameHypothetical(
            TestFigures world, TestFigures plain, List<FigureQuery> asked, List<HistoryVersion> versions, String at) {
        List<List<ResultCell>> exact = hypotheticalAnswers(plain, asked, versions, false);
        for (boolean ahead : new boolean[] {false, true}) {
            List<List<ResultCell>> rolled = hypotheticalAnswers(world, asked, versions, ahead);
            for (int i = 0; i < exact.size(); i++) {
                assertThat(rolled.get(i))
                        .as("%s, imagined, rolled up ahead: %s: %s", at, ahead, describe(asked.get(i / 4)))
                        .isEqualTo(exact.get(i));
            }
        }
        assertExact(world.liveFigures, at + ", having imagined");
    }

    private static List<List<ResultCell>> hypotheticalAnswers(
            TestFigures world, List<FigureQuery> asked, List<HistoryVersion> versions, boolean ahead) {
        return world.liveFigures.compareHypothetical(readers -> toEvents(readers, versions), (now, then) -> {
            if (ahead) {
                world.calculator.rollUpAhead(now, asked);
                world.calculator.rollUpAhead(then, asked);
            }
            List<List<ResultCell>> answers = new ArrayList<>();
            for (FigureQuery query : asked) {
                for (int i = 0; i < 2; i++) {
                    answers.add(world.calculator.computeCells(now, query, Optional.empty()));
                    answers.add(world.calculator.computeCells(then, query, Optional.empty()));
                }
            }
            return answers;
        });
    }

    private static List<FactEvent> toEvents(FactReaderRegistry readers, List<HistoryVersion> versions) {
        return versions.stream()
                .map(version -> TestFigures.toEvent(readers, version))
                .toList();
    }

    /** Asserts that every roll-up equals a new roll-up of all cells. */
    private static void assertExact(LiveFigures live, String at) {
        live.readView(view -> {
            view.completeFigures().forEach(aggregator -> assertExact(aggregator, at));
            return at;
        });
    }

    private static void assertExact(FigureAggregator aggregator, String at) {
        RollUpCache rollUps = aggregator.cube().rollUpCache();
        for (AggregateTable sums : rollUps.listRollUps()) {
            AggregateTable anew =
                    Objects.requireNonNull(rollUps.finest().rollUp(sums.requirement(), Integer.MAX_VALUE));
            assertThat(nonZeroCells(sums))
                    .as("%s, %s rolled up to %s", at, aggregator.indicator().code(), sums.requirement())
                    .isEqualTo(nonZeroCells(anew));
        }
    }

    private record CellSum(long amount, int behind) {}

    private static Map<List<Integer>, CellSum> nonZeroCells(AggregateTable sums) {
        Map<List<Integer>, CellSum> cells = new HashMap<>();
        for (int cell = 0; cell < sums.size(); cell++) {
            if (sums.cells().finerCells(cell) != 0 || sums.cells().amountOf(cell) != 0) {
                List<Integer> at = new ArrayList<>();
                for (int i = 0; i <= sums.requirement().columns().size(); i++) {
                    at.add(sums.cells().coordinateOf(cell, i));
                }
                cells.put(
                        at,
                        new CellSum(sums.cells().amountOf(cell), sums.cells().finerCells(cell)));
            }
        }
        return cells;
    }

    private static void assertPartsSumToWhole(
            FiguresView view, FigureCalculator figures, CountedFigure figure, Random random) {
        List<Breakdown> by = List.of(new Breakdown.DimensionBreakdown(pickOne(figure.dimensions(), random)));
        FigureQuery whole = new FigureQuery(figure, List.of(), Map.of(), List.of(), new PeriodFilter.CurrentPeriod());
        long parts = figures.computeCells(view, whole.withBreakdowns(by), Optional.empty()).stream()
                .mapToLong(ResultCell::wholeValue)
                .sum();
        long all =
                figures.computeCells(view, whole, Optional.empty()).getFirst().wholeValue();
        if (!(figure.measure() instanceof Measure.DistinctMeasure)) {
            assertThat(parts).as("%s by %s", figure.code(), by).isEqualTo(all);
        }
        assertExact(view.requireWhole(figure.code()), "read meanwhile");
    }

    private static List<AggregateTable> rollUpsOf(LiveFigures live) {
        return live.readView(view -> view.completeFigures().stream()
                .flatMap(aggregator -> aggregator.cube().rollUpCache().listRollUps().stream())
                .toList());
    }

    private static long countCommon(List<AggregateTable> before, List<AggregateTable> after) {
        return before.stream().filter(after::contains).count();
    }

    /** Returns a random query on a counted or derived figure. */
    private static FigureQuery randomQuery(Figure figure, TestFigures plain, Random random) {
        boolean counted = figure instanceof CountedFigure;
        boolean byYearOnly = !counted || ((CountedFigure) figure).period() instanceof PeriodRule.YearFlowPeriodRule;
        PeriodFilter period = switch (random.nextInt(byYearOnly ? 4 : 6)) {
            case 0 -> new PeriodFilter.CurrentPeriod();
            case 1 -> new PeriodFilter.YearPeriod(2012 + random.nextInt(16));
            case 2, 3 -> new PeriodFilter.YearRangePeriod(2011 + random.nextInt(10), 2021 + random.nextInt(7));
            case 4 -> new PeriodFilter.MonthPeriod(YearMonth.of(2024, 2));
            default -> new PeriodFilter.MonthPeriod(YearMonth.of(2026, 1 + random.nextInt(12)));
        };
        boolean growth =
                figure instanceof DerivedFigure derived && derived.rule().kind().equals("growth");
        List<Breakdown> by = new ArrayList<>();
        if (!growth && random.nextBoolean() && !(period instanceof PeriodFilter.MonthPeriod)) {
            by.add(new Breakdown.YearBreakdown());
        }
        List<String> dimensions = new ArrayList<>(figure.dimensions());
        Collections.shuffle(dimensions, random);
        for (String dimension : dimensions.subList(0, random.nextInt(Math.min(3, dimensions.size() + 1)))) {
            by.add(new Breakdown.DimensionBreakdown(dimension));
        }
        List<String> lists = new ArrayList<>(figure.lists());
        Collections.shuffle(lists, random);
        if (!lists.isEmpty() && random.nextInt(3) == 0) {
            by.add(new Breakdown.MembershipBreakdown(new ListCriterion(lists.getFirst(), random.nextBoolean())));
        }
        List<ListCriterion> narrowed = lists.size() < 2 || random.nextInt(3) > 0
                ? List.of()
                : List.of(new ListCriterion(lists.getLast(), random.nextBoolean()));
        return new FigureQuery(
                figure,
                by,
                counted ? randomFilters(plain, (CountedFigure) figure, random) : Map.of(),
                narrowed,
                growth ? new PeriodFilter.YearRangePeriod(2019, 2024) : period);
    }

    private static Map<String, Set<String>> randomFilters(TestFigures plain, CountedFigure figure, Random random) {
        Map<String, Set<String>> filters = new HashMap<>();
        List<String> coded = new ArrayList<>(figure.dimensions());
        coded.removeAll(figure.numbers().keySet());
        for (int i = random.nextInt(3); i > 0 && !coded.isEmpty(); i--) {
            String dimension = pickOne(coded, random);
            Set<String> codes = new TreeSet<>(Set.of("nowhere"));
            FigureQuery known = randomQuery(figure.code(), "year", dimension);
            answerOf(plain, known).stream()
                    .map(cell -> cell.coordinates().getOrDefault(dimension, ""))
                    .filter(code -> random.nextBoolean())
                    .forEach(codes::add);
            filters.put(dimension, codes);
        }
        return filters;
    }

    private static FigureQuery randomQuery(String code, String... by) {
        CountedFigure figure = TestFigures.CATALOGUE.countedFigures().stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow();
        List<Breakdown> split = new ArrayList<>();
        for (String name : by) {
            split.add(name.equals("year") ? new Breakdown.YearBreakdown() : new Breakdown.DimensionBreakdown(name));
        }
        return new FigureQuery(figure, split, Map.of(), List.of(), new PeriodFilter.CurrentPeriod());
    }

    private static List<ResultCell> answerOf(TestFigures world, FigureQuery query) {
        return world.liveFigures.readView(view -> world.calculator.computeCells(view, query, Optional.empty()));
    }

    private static void answerTwice(TestFigures world, FigureQuery query) {
        answerOf(world, query);
        answerOf(world, query);
    }

    private static RollUpCache rollUps(TestFigures world, String code) {
        return world.liveFigures.readView(view -> view.requireWhole(code).cube().rollUpCache());
    }

    private static List<HistoryVersion> randomEnrolments(int number, Random random) {
        List<HistoryVersion> versions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            versions.add(randomEnrolment(i, (2011 + random.nextInt(15)) + "-03-0" + (1 + random.nextInt(9)), i));
        }
        return versions;
    }

    private static HistoryVersion randomEnrolment(int number, String startedOn, int college) {
        return new HistoryVersion(
                "inbound-enrolment",
                "12/S" + number,
                1,
                "created",
                Map.of(
                        "nationality",
                        RecordHistory.COUNTRIES.get(number % RecordHistory.COUNTRIES.size()),
                        "college",
                        "411200" + (1000 + college),
                        "level",
                        number % 2 == 0 ? "higher-vocational" : "vocational-bachelor",
                        "category",
                        number % 3 == 0 ? "degree" : "short-term",
                        "funding",
                        number % 5 == 0 ? "self" : "college",
                        "assessed",
                        number % 7 == 0,
                        "chineseWithSkills",
                        number % 2 == 0,
                        "startedOn",
                        startedOn));
    }

    private static String describe(FigureQuery query) {
        return query.figure().code() + " " + query.breakdownNames() + query.formatFilters() + query.period();
    }

    private static <T> T pickOne(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
