package org.voyage.indicators.proof;

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
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.indicator.Unit;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.History;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.Tampering;
import org.voyage.indicators.live.World;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.kittest.TestEffort;

class DerivedComparisonTest {

    private static final long SEED = 20_261_129;
    private static final int WORLDS = TestEffort.choose(4, 12);
    /** Histories that meet in one world. */
    private static final int HISTORIES = 12;

    private static final int ALL = 10_000;

    @Test
    void what_is_answered_about_every_derived_figure_follows_from_the_cells() throws Undecided, InterruptedException {
        Map<String, Long> values = new TreeMap<>();
        for (int world = 0; world < WORLDS; world++) {
            Proven proven = Proven.of(new World(), SEED + world);

            DerivedComparison comparison = proven.compared(proven.world.figures);

            assertThat(comparison.shown()).as("world %d", world).isEmpty();
            assertThat(comparison.differing()).isZero();
            assertThat(comparison.hash()).matches("[0-9a-f]{64}");
            values.merge("all", comparison.values(), Long::sum);
            proven.questions().stream()
                    .flatMap(question -> proven.served(proven.world.figures).values(question).stream()
                            .filter(cell -> cell.exact() != null && cell.exact().signum() != 0)
                            .map(cell -> question.figure().code()))
                    .forEach(code -> values.merge(code, 1L, Long::sum));
        }
        assertThat(values.getOrDefault("all", 0L)).isGreaterThan(WORLDS * 4_000L);
        assertThat(values.keySet())
                .as("figures with values, those apart that take hundreds in a province")
                .containsAll(figures().stream()
                        .map(Figure::code)
                        .filter(code -> !Set.of("inbound-provinces-over-500", "teacher-training-provinces-over-10000")
                                .contains(code))
                        .toList());
    }

    /** A mistake in what answers, as a program may have it. */
    private record Bug(
            String figure, UnaryOperator<FigureQuery> question, UnaryOperator<List<Cell>> answer, Clock clock) {}

    static Stream<Named<Bug>> bugs() {
        Rule.Share recognised = (Rule.Share) rule("credential-recognition-rate");
        Rule.Share schools = (Rule.Share) rule("overseas-schools-share");
        Rule.Sum cooperations = (Rule.Sum) rule("cooperations");
        Figure partners = figure("cooperation-partners");
        return Stream.of(
                derives(
                        "a condition is forgotten",
                        "credential-recognition-rate",
                        new Rule.Share(recognised.whole(), recognised.whole())),
                derives(
                        "part and whole change places",
                        "credential-recognition-rate",
                        new Rule.Share(recognised.whole(), recognised.part())),
                derives(
                        "the whole is split as the part is",
                        "overseas-schools-share",
                        new Rule.Share(schools.part(), schools.part())),
                derives(
                        "a term is taken twice",
                        "cooperations",
                        new Rule.Sum(List.of(
                                cooperations.of().getFirst(), cooperations.of().getFirst()))),
                derives(
                        "a term is missing",
                        "cooperation-partners",
                        new Rule.Sum(List.of(figure("cooperative-programme-partners")))),
                derives(
                        "the change goes back too far",
                        "standards-adopted-change",
                        new Rule.Change(figure("standards-adopted"), 2)),
                derives(
                        "the threshold itself is over it",
                        "partner-countries-over-1",
                        new Rule.Over(partners, "partnerCountry", 0)),
                derives(
                        "one too few is taken",
                        "cooperation-partners-top-3-share",
                        new Rule.Top(partners, "partnerCountry", 2)),
                derives(
                        "the largest stands for the index",
                        "overseas-schools-concentration",
                        new Rule.Top(figure("overseas-schools"), "region", 1)),
                asks(
                        "the growth ends a year early",
                        "inbound-students-growth",
                        query -> query.period() instanceof Period.Years years && years.last() - years.first() > 1
                                ? query.in(new Period.Years(years.first(), years.last() - 1))
                                : query),
                answers(
                        "a median is the lower of two",
                        "foreign-teacher-stay-median",
                        cells -> each(cells, exact -> exact.setScale(0, RoundingMode.FLOOR))),
                answers(
                        "values are rounded before they are shown",
                        "overseas-schools-share",
                        cells -> each(cells, exact -> exact.setScale(2, RoundingMode.HALF_UP))),
                answers(
                        "a share of nothing is 0",
                        "credential-recognition-rate",
                        cells -> cells.stream()
                                .map(cell -> cell.exact() == null ? new Cell(cell.at(), 0) : cell)
                                .toList()),
                answers("a place is lost", "cooperations", cells -> cells.subList(0, cells.size() - 1)),
                answers(
                        "a place comes twice",
                        "cooperations",
                        cells -> Stream.concat(cells.stream(), cells.stream().limit(1))
                                .toList()),
                Named.of(
                        "today is tomorrow",
                        new Bug(
                                "cooperations",
                                query -> query,
                                cells -> cells,
                                Clock.offset(World.CLOCK, Duration.ofDays(1)))));
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void a_mistake_in_a_derivation_is_found_and_nothing_else(Bug bug) throws Undecided, InterruptedException {
        Proven proven = Proven.of(new World(), SEED);

        DerivedComparison comparison = proven.compared(new Wrong(bug));

        assertThat(comparison.differing()).isPositive();
        assertThat(comparison.shown())
                .hasSize((int) comparison.differing())
                .extracting(unlike -> unlike.question().figure().code())
                .containsOnly(bug.figure());
        assertThat(proven.traced(comparison, new Wrong(bug)))
                .extracting(DerivedDifference::origin)
                .containsOnly(DerivedOrigin.DERIVATION);
    }

    @Test
    void a_roll_up_that_is_not_the_sum_of_its_cells_is_no_mistake_of_the_derivation()
            throws Undecided, InterruptedException {
        Proven proven = Proven.of(World.rollingUp(), SEED);
        Question question = proven.questions().stream()
                .filter(each -> each.figure().code().equals("overseas-schools-concentration"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 3; i++) {
            proven.world.live.read(cut -> new Served(proven.world.figures, World.CLOCK, cut).values(question));
        }
        Tampering.rollUp(proven.world.live, "overseas-schools", 3);
        Proven tampered = proven.again();

        DerivedComparison comparison = tampered.compared(proven.world.figures);

        assertThat(tampered.traced(comparison, proven.world.figures))
                .isNotEmpty()
                .allSatisfy(difference -> {
                    assertThat(difference.origin()).isEqualTo(DerivedOrigin.SUMS);
                    DerivedPart part = difference.parts().getFirst();
                    assertThat(part.indicator()).isEqualTo("overseas-schools");
                    assertThat(part.served()).isEqualTo(part.recounted().add(BigDecimal.valueOf(3)));
                });
    }

    /** Those of the catalogue, and some that few facts suffice for. */
    private static List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(World.CATALOGUE.figures());
        figures.removeIf(figure -> !(figure instanceof Derived));
        Figure partners = figure("cooperation-partners");
        figures.add(derived("partner-countries-over-1", new Rule.Over(partners, "partnerCountry", 1), partners));
        Figure overOne = derived("provinces-over-1", new Rule.Over(partners, "province", 1), partners);
        figures.add(derived(
                "provinces-over-1-share",
                new Rule.Share(
                        new Rule.Operand(overOne, Map.of("region", Set.of("asia", "europe")), Set.of()),
                        new Rule.Operand(overOne, Map.of(), Set.of())),
                partners));
        return figures;
    }

    private static Derived derived(String code, Rule rule, Figure of) {
        Text text = new Text(code, code);
        List<String> dimensions = new ArrayList<>(of.dimensions());
        dimensions.removeAll(Set.of("province", "partnerCountry", "region"));
        return new Derived(code, 1, text, new Unit("any", "", ""), rule, dimensions, of.lists(), text);
    }

    private static Figure figure(String code) {
        return World.CATALOGUE.find(code).orElseThrow();
    }

    private static Rule rule(String code) {
        return ((Derived) figure(code)).rule();
    }

    private static Named<Bug> derives(String name, String figure, Rule rule) {
        return asks(name, figure, query -> {
            Derived right = (Derived) query.indicator();
            Derived wrong = new Derived(
                    right.code(),
                    right.version(),
                    right.name(),
                    right.unit(),
                    rule,
                    right.dimensions(),
                    right.lists(),
                    right.derivation());
            return new FigureQuery(wrong, query.by(), query.filters(), query.lists(), query.period());
        });
    }

    private static Named<Bug> asks(String name, String figure, UnaryOperator<FigureQuery> question) {
        return Named.of(name, new Bug(figure, question, cells -> cells, World.CLOCK));
    }

    private static Named<Bug> answers(String name, String figure, UnaryOperator<List<Cell>> answer) {
        return Named.of(name, new Bug(figure, query -> query, answer, World.CLOCK));
    }

    private static List<Cell> each(List<Cell> cells, UnaryOperator<BigDecimal> change) {
        return cells.stream()
                .map(cell -> cell.exact() == null ? cell : new Cell(cell.at(), change.apply(cell.exact())))
                .toList();
    }

    private static final class Wrong extends WrongFigures {
        private final Bug bug;
        private final Figures others = new Figures(World.REFERENCE, World.CLOCK, Integer.MAX_VALUE);

        private Wrong(Bug bug) {
            super(World.REFERENCE, bug.clock());
            this.bug = bug;
        }

        @Override
        public List<Cell> cells(Cut cut, FigureQuery query, Optional<String> province) {
            return query.indicator().code().equals(bug.figure())
                    ? bug.answer().apply(super.cells(cut, bug.question().apply(query), province))
                    : others.cells(cut, query, province);
        }
    }

    /** Figures of many records, and what is needed to count them again. */
    private record Proven(World world, List<Version> deliveries, Frozen frozen) {

        static Proven of(World world, long seed) {
            List<Version> deliveries = IntStream.range(0, HISTORIES)
                    .mapToObj(history -> new History(new Random(seed * HISTORIES + history), "H" + history))
                    .flatMap(history -> history.deliveries().stream())
                    .toList();
            world.deliver(deliveries);
            return new Proven(world, deliveries, Frozen.of(world.live));
        }

        /** The same figures, copied once more. */
        Proven again() {
            return new Proven(world, deliveries, Frozen.of(world.live));
        }

        List<Question> questions() {
            return Question.about(figures(), frozen, World.TODAY);
        }

        Served served(Figures figures) {
            return new Served(figures, World.CLOCK, frozen.cut());
        }

        DerivedComparison compared(Figures figures) throws Undecided, InterruptedException {
            DerivedComparison comparison = new DerivedComparison(questions(), World.REFERENCE, World.TODAY, ALL);
            Definitions definitions = new Definitions(frozen.indicators(), World.REFERENCE.geography());
            Road road = new Road(new NewestStates(deliveries, definitions), definitions);
            for (String record : definitions.records()) {
                comparison.take(definitions.of(record), road.count(record));
            }
            comparison.compare(served(figures));
            return comparison;
        }

        List<DerivedDifference> traced(DerivedComparison comparison, Figures figures) {
            DerivedTracing tracing = new DerivedTracing(served(figures), comparison.totals(), World.TODAY, Set.of());
            return comparison.shown().stream().map(tracing::trace).toList();
        }
    }
}
