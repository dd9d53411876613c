package org.voyage.indicators.live;

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
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.RollUps.Limits;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Period;
import org.voyage.kittest.TestEffort;

/** Figures that roll up whatever they can, beside figures that never do. */
class RollUpsTest {

    private static final int HISTORIES = TestEffort.choose(200, 2_000);
    /** So many figures are asked about in one history, and so many questions, again and again. */
    private static final int FIGURES = 3;

    private static final int ASKED = 8;
    private static final long SEED = 20_261_127;

    private final LongAdder kept = new LongAdder();
    private final LongAdder forgotten = new LongAdder();

    @Test
    void every_answer_is_that_of_all_cells_whatever_was_rolled_up_and_forgotten_before() {
        IntStream.range(0, HISTORIES).parallel().forEach(this::follow);

        // Else it was about nothing.
        assertThat(kept.sum()).as("roll-ups that went through a batch").isGreaterThan(HISTORIES);
        assertThat(forgotten.sum()).as("roll-ups forgotten").isGreaterThan(HISTORIES / 10);
    }

    @Test
    void what_is_asked_once_is_not_rolled_up() {
        World world = new World(new Limits(1, 1, 8, 1));
        world.deliver(enrolments(400, new Random(SEED)));

        answer(world, question("inbound-students", "level"));

        assertThat(rollUps(world, "inbound-students").kept()).isEmpty();
    }

    @Test
    void what_is_asked_again_is_rolled_up_if_it_gets_much_smaller() {
        World world = new World(new Limits(1, 4, 8, 2));
        world.deliver(enrolments(400, new Random(SEED)));
        FigureQuery byLevel = question("inbound-students", "level");
        FigureQuery byCollege = question("inbound-students", "college", "nationality");
        RollUps rollUps = rollUps(world, "inbound-students");

        for (int i = 0; i < 3; i++) {
            answer(world, byLevel);
            answer(world, byCollege);
        }

        assertThat(rollUps.kept()).hasSize(1);
        Sums sums = rollUps.kept().getFirst();
        assertThat(sums.size()).isLessThanOrEqualTo(rollUps.finest().size() / 4);
        assertThat(rollUps.answering(sums.need())).isSameAs(sums);
    }

    @Test
    void what_was_not_used_for_the_longest_goes_first() {
        World world = new World(new Limits(1, 1, 2, 1));
        world.deliver(enrolments(400, new Random(SEED)));
        List<FigureQuery> questions = List.of(
                question("inbound-students", "level"),
                question("inbound-students", "category"),
                question("inbound-students", "funding"));
        RollUps rollUps = rollUps(world, "inbound-students");
        questions.subList(0, 2).forEach(question -> twice(world, question));
        Sums byLevel = rollUps.kept().getFirst();
        Sums byCategory = rollUps.kept().getLast();
        answer(world, questions.getFirst());

        twice(world, questions.getLast());

        assertThat(rollUps.kept()).hasSize(2).contains(byLevel).doesNotContain(byCategory);
    }

    @Test
    void a_roll_up_that_grows_with_the_figure_until_it_is_worth_nothing_goes() {
        World world = new World(new Limits(1, 4, 8, 4));
        world.deliver(IntStream.range(0, 40)
                .mapToObj(i -> enrolment(i, "2011-01-01", i))
                .toList());
        twice(world, question("inbound-students", "level"));
        RollUps rollUps = rollUps(world, "inbound-students");
        int before = rollUps.kept().size();

        world.deliver(IntStream.range(10, 30)
                .mapToObj(day -> enrolment(100 + day, "2026-10-" + day, day))
                .toList());

        assertThat(before).isEqualTo(1);
        assertThat(rollUps.kept()).isEmpty();
    }

    @Test
    void who_reads_while_others_write_finds_roll_ups_that_are_exact() throws InterruptedException {
        World world = new World(new Limits(1, 1, 3, 1));
        Random random = new Random(SEED);
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> readers = IntStream.range(0, 4)
                .mapToObj(reader -> Thread.ofPlatform().start(() -> {
                    Random choice = new Random(SEED + reader);
                    while (!over.get() && wrong.isEmpty()) {
                        Indicator indicator = pick(World.CATALOGUE.all(), choice);
                        try {
                            world.live.read(cut -> {
                                partsEqualTheWhole(cut, world.figures, indicator, choice);
                                return indicator;
                            });
                        } catch (RuntimeException | AssertionError e) {
                            wrong.add(e);
                        }
                    }
                }))
                .toList();
        for (int i = 0; i < 40; i++) {
            List<Version> deliveries = new History(random, "H" + i).deliveries();
            for (int from = 0; from < deliveries.size(); from += 5) {
                world.deliver(deliveries.subList(from, Math.min(deliveries.size(), from + 5)));
            }
        }
        over.set(true);
        for (Thread reader : readers) {
            reader.join();
        }

        assertThat(wrong).isEmpty();
        assertExact(world.live, "after all");
    }

    private void follow(int history) {
        Random random = new Random(SEED + history);
        World world = new World(new Limits(1, 1, 1 + random.nextInt(4), 1));
        World plain = new World(Limits.NEVER);
        List<Version> deliveries = new History(random).deliveries();
        List<Figure> figures = new ArrayList<>(World.CATALOGUE.figures());
        Collections.shuffle(figures, random);
        List<FigureQuery> asked = new ArrayList<>();
        for (int from = 0; from < deliveries.size(); ) {
            int to = Math.min(deliveries.size(), from + 1 + random.nextInt(8));
            String at = "history " + history + " up to " + to;
            if (random.nextInt(8) == 0) {
                imagine(world, plain, asked, deliveries.subList(from, deliveries.size()), at);
            }
            List<Sums> before = rolledUp(world.live);
            world.deliver(deliveries.subList(from, to));
            plain.deliver(deliveries.subList(from, to));
            kept.add(common(before, rolledUp(world.live)));
            if (asked.size() == ASKED) {
                asked.remove(random.nextInt(ASKED));
            }
            asked.add(question(figures.get(random.nextInt(FIGURES)), plain, random));
            ask(asked, world, plain, at);
            Collections.shuffle(asked, random);
            ask(asked, world, plain, at);
            assertExact(world.live, at);
            forgotten.add(before.size() - common(before, rolledUp(world.live)));
            if (random.nextInt(16) == 0) {
                LiveFigures rebuilt = world.empty();
                world.deliver(rebuilt, deliveries.subList(0, to));
                assertThat(world.live.adopt(rebuilt)).isTrue();
                ask(asked, world, plain, at + ", adopted");
            }
            from = to;
        }
    }

    private static void ask(List<FigureQuery> asked, World world, World plain, String at) {
        for (FigureQuery query : asked) {
            assertThat(answer(world, query)).as("%s: %s", at, text(query)).isEqualTo(answer(plain, query));
        }
    }

    /** The answers as they are and as they would be, and that the latter left no trace. */
    private static void imagine(World world, World plain, List<FigureQuery> asked, List<Version> versions, String at) {
        List<List<Cell>> rolled = imagined(world, asked, versions);
        List<List<Cell>> exact = imagined(plain, asked, versions);
        for (int i = 0; i < exact.size(); i++) {
            assertThat(rolled.get(i))
                    .as("%s, imagined: %s", at, text(asked.get(i / 4)))
                    .isEqualTo(exact.get(i));
        }
        assertExact(world.live, at + ", having imagined");
    }

    private static List<List<Cell>> imagined(World world, List<FigureQuery> asked, List<Version> versions) {
        return world.live.imagine(readers -> events(readers, versions), (now, then) -> {
            List<List<Cell>> answers = new ArrayList<>();
            for (FigureQuery query : asked) {
                for (int i = 0; i < 2; i++) {
                    answers.add(world.figures.cells(now, query, Optional.empty()));
                    answers.add(world.figures.cells(then, query, Optional.empty()));
                }
            }
            return answers;
        });
    }

    private static List<FactEvent> events(FactReaders readers, List<Version> versions) {
        return versions.stream().map(version -> World.event(readers, version)).toList();
    }

    /** Every roll-up is what one gets by rolling up all cells now. */
    private static void assertExact(LiveFigures live, String at) {
        live.read(cut -> {
            cut.tallies().forEach(tally -> assertExact(tally, at));
            return at;
        });
    }

    private static void assertExact(Tally tally, String at) {
        RollUps rollUps = tally.cube().rollUps();
        for (Sums sums : rollUps.kept()) {
            Sums anew = Objects.requireNonNull(rollUps.finest().rolledUp(sums.need(), Integer.MAX_VALUE));
            assertThat(cells(sums))
                    .as("%s, %s rolled up to %s", at, tally.indicator().code(), sums.need())
                    .isEqualTo(cells(anew));
        }
    }

    private record Sum(long amount, int behind) {}

    private static Map<List<Integer>, Sum> cells(Sums sums) {
        Map<List<Integer>, Sum> cells = new HashMap<>();
        for (int cell = 0; cell < sums.size(); cell++) {
            if (sums.cells().behind(cell) != 0 || sums.cells().amount(cell) != 0) {
                List<Integer> at = new ArrayList<>();
                for (int i = 0; i <= sums.need().columns().size(); i++) {
                    at.add(sums.cells().coordinate(cell, i));
                }
                cells.put(at, new Sum(sums.cells().amount(cell), sums.cells().behind(cell)));
            }
        }
        return cells;
    }

    private static void partsEqualTheWhole(Cut cut, Figures figures, Indicator indicator, Random random) {
        List<By> by = List.of(new By.Dimension(pick(indicator.dimensions(), random)));
        FigureQuery whole = new FigureQuery(indicator, List.of(), Map.of(), List.of(), new Period.Current());
        long parts = figures.cells(cut, whole.split(by), Optional.empty()).stream()
                .mapToLong(Cell::value)
                .sum();
        long all = figures.cells(cut, whole, Optional.empty()).getFirst().value();
        if (!(indicator.measure() instanceof Measure.Distinct)) {
            assertThat(parts).as("%s by %s", indicator.code(), by).isEqualTo(all);
        }
        assertExact(cut.tally(indicator.code()), "read meanwhile");
    }

    private static List<Sums> rolledUp(LiveFigures live) {
        return live.read(cut -> cut.tallies().stream()
                .flatMap(tally -> tally.cube().rollUps().kept().stream())
                .toList());
    }

    private static long common(List<Sums> before, List<Sums> after) {
        return before.stream().filter(after::contains).count();
    }

    /** About a figure, counted or derived, by anything, of any time. */
    private static FigureQuery question(Figure figure, World plain, Random random) {
        boolean counted = figure instanceof Indicator;
        boolean byYearOnly = !counted || ((Indicator) figure).period() instanceof PeriodRule.FlowOfYear;
        Period period = switch (random.nextInt(byYearOnly ? 4 : 6)) {
            case 0 -> new Period.Current();
            case 1 -> new Period.Year(2012 + random.nextInt(16));
            case 2, 3 -> new Period.Years(2011 + random.nextInt(10), 2021 + random.nextInt(7));
            case 4 -> new Period.Month(YearMonth.of(2024, 2));
            default -> new Period.Month(YearMonth.of(2026, 1 + random.nextInt(12)));
        };
        boolean growth =
                figure instanceof Derived derived && derived.rule().kind().equals("growth");
        List<By> by = new ArrayList<>();
        if (!growth && random.nextBoolean() && !(period instanceof Period.Month)) {
            by.add(new By.Year());
        }
        List<String> dimensions = new ArrayList<>(figure.dimensions());
        Collections.shuffle(dimensions, random);
        for (String dimension : dimensions.subList(0, random.nextInt(Math.min(3, dimensions.size() + 1)))) {
            by.add(new By.Dimension(dimension));
        }
        List<String> lists = new ArrayList<>(figure.lists());
        Collections.shuffle(lists, random);
        if (!lists.isEmpty() && random.nextInt(3) == 0) {
            by.add(new By.Membership(new ListMoment(lists.getFirst(), random.nextBoolean())));
        }
        List<ListMoment> narrowed = lists.size() < 2 || random.nextInt(3) > 0
                ? List.of()
                : List.of(new ListMoment(lists.getLast(), random.nextBoolean()));
        return new FigureQuery(
                figure,
                by,
                counted ? filters(plain, (Indicator) figure, random) : Map.of(),
                narrowed,
                growth ? new Period.Years(2019, 2024) : period);
    }

    private static Map<String, Set<String>> filters(World plain, Indicator figure, Random random) {
        Map<String, Set<String>> filters = new HashMap<>();
        List<String> coded = new ArrayList<>(figure.dimensions());
        coded.removeAll(figure.numbers().keySet());
        for (int i = random.nextInt(3); i > 0 && !coded.isEmpty(); i--) {
            String dimension = pick(coded, random);
            Set<String> codes = new TreeSet<>(Set.of("nowhere"));
            FigureQuery known = question(figure.code(), "year", dimension);
            answer(plain, known).stream()
                    .map(cell -> cell.at().getOrDefault(dimension, ""))
                    .filter(code -> random.nextBoolean())
                    .forEach(codes::add);
            filters.put(dimension, codes);
        }
        return filters;
    }

    private static FigureQuery question(String code, String... by) {
        Indicator indicator = World.CATALOGUE.all().stream()
                .filter(each -> each.code().equals(code))
                .findFirst()
                .orElseThrow();
        List<By> split = new ArrayList<>();
        for (String name : by) {
            split.add(name.equals("year") ? new By.Year() : new By.Dimension(name));
        }
        return new FigureQuery(indicator, split, Map.of(), List.of(), new Period.Current());
    }

    private static List<Cell> answer(World world, FigureQuery query) {
        return world.live.read(cut -> world.figures.cells(cut, query, Optional.empty()));
    }

    private static void twice(World world, FigureQuery query) {
        answer(world, query);
        answer(world, query);
    }

    private static RollUps rollUps(World world, String code) {
        return world.live.read(cut -> cut.tally(code).cube().rollUps());
    }

    private static List<Version> enrolments(int number, Random random) {
        List<Version> versions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            versions.add(enrolment(i, (2011 + random.nextInt(15)) + "-03-0" + (1 + random.nextInt(9)), i));
        }
        return versions;
    }

    private static Version enrolment(int number, String startedOn, int college) {
        return new Version(
                "inbound-enrolment",
                "12/S" + number,
                1,
                "created",
                Map.of(
                        "nationality",
                        History.COUNTRIES.get(number % History.COUNTRIES.size()),
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

    private static String text(FigureQuery query) {
        return query.indicator().code() + " " + query.byNames() + query.filterTexts() + query.period();
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
