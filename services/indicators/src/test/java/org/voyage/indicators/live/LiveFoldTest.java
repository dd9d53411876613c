package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.Naive.When;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Period;

class LiveFoldTest {

    private static final int HISTORIES = 800;
    private static final long SEED = 20_261_124;

    @Test
    void figuresEqualARecomputationWhateverTheOrderOfDelivery() {
        for (int history = 0; history < HISTORIES; history++) {
            Random random = new Random(SEED + history);
            World world = new World();
            Naive naive = new Naive(World.REFERENCE);
            List<Version> deliveries = new History(random).deliveries();
            for (int from = 0; from < deliveries.size(); ) {
                int to = Math.min(deliveries.size(), from + 1 + random.nextInt(8));
                world.deliver(deliveries.subList(from, to));
                deliveries.subList(from, to).forEach(naive::deliver);
                from = to;
                compare(history, world, naive, random);
            }
        }
    }

    private static void compare(int history, World world, Naive naive, Random random) {
        for (Indicator indicator : World.CATALOGUE.all()) {
            for (Asked asked : questions(indicator, random)) {
                FigureQuery query = new FigureQuery(indicator, asked.by(), Map.of(), List.of(), asked.period());
                Map<List<String>, Long> live = live(world, query);
                Map<List<String>, Long> naively = naive.answer(indicator, query.byNames(), asked.times(), World.TODAY);
                assertThat(live)
                        .as("history %d, %s by %s in %s", history, indicator.code(), query.byNames(), asked.period())
                        .isEqualTo(naively);
                if (!(indicator.measure() instanceof Measure.Distinct) && !query.byYear()) {
                    assertThat(live.values().stream().mapToLong(Long::longValue).sum())
                            .as("the parts of %s by %s", indicator.code(), query.byNames())
                            .isEqualTo(total(world, query));
                }
            }
        }
    }

    private record Asked(List<By> by, Period period, List<When> times) {}

    /** The total and every single dimension as of today, and a few of the others by chance. */
    private static List<Asked> questions(Indicator indicator, Random random) {
        List<List<By>> splits = new ArrayList<>();
        splits.add(List.of());
        indicator.dimensions().forEach(dimension -> splits.add(List.of(new By.Dimension(dimension))));
        for (boolean then : new boolean[] {true, false}) {
            if (indicator.lists().contains("double-high")) {
                splits.add(List.of(new By.Membership(new ListMoment("double-high", then))));
            }
            if (!indicator.lists().contains("brics")) {
                continue;
            }
            splits.add(List.of(new By.Membership(new ListMoment("belt-and-road", then))));
            splits.add(List.of(new By.Dimension("region"), new By.Membership(new ListMoment("brics", then))));
        }
        List<Asked> questions = new ArrayList<>();
        int year = World.TODAY.getYear();
        for (List<By> split : splits) {
            questions.add(new Asked(split, new Period.Current(), List.of(when(year))));
        }
        List<By> split = splits.get(random.nextInt(splits.size()));
        List<By> withYear = new ArrayList<>(split);
        withYear.add(random.nextInt(split.size() + 1), new By.Year());
        questions.add(new Asked(
                withYear,
                new Period.Years(2011, year),
                IntStream.rangeClosed(2011, year).mapToObj(LiveFoldTest::when).toList()));
        int past = 2011 + random.nextInt(16);
        questions.add(new Asked(split, new Period.Year(past), List.of(when(past))));
        if (!(indicator.period() instanceof PeriodRule.FlowOfYear)) {
            YearMonth month = random.nextBoolean() ? YearMonth.of(2024, 2) : YearMonth.of(2026, 11);
            LocalDate end = month.atEndOfMonth().isAfter(World.TODAY) ? World.TODAY : month.atEndOfMonth();
            questions.add(new Asked(split, new Period.Month(month), List.of(new When("", month.atDay(1), end))));
        }
        return questions;
    }

    private static When when(int year) {
        LocalDate end = LocalDate.of(year, 12, 31);
        return new When(String.valueOf(year), LocalDate.of(year, 1, 1), end.isAfter(World.TODAY) ? World.TODAY : end);
    }

    private static Map<List<String>, Long> live(World world, FigureQuery query) {
        Map<List<String>, Long> values = new TreeMap<>(Comparator.comparing(List::toString));
        for (Cell cell : world.live.read(cut -> world.figures.cells(cut, query, Optional.empty()))) {
            if (cell.value() != 0) {
                values.put(List.copyOf(cell.at().values()), cell.value());
            }
        }
        return values;
    }

    private static long total(World world, FigureQuery query) {
        return live(world, query.split(List.of())).getOrDefault(List.of(), 0L);
    }
}
