package org.voyage.indicators.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.live.History;
import org.voyage.indicators.live.World;

class DerivationTest {

    private static final int HISTORIES = 40;
    private static final long SEED = 20_261_125;
    private static final QueryReader QUESTIONS = new QueryReader(World.REFERENCE, World.CLOCK);
    private static final List<Period> PERIODS =
            List.of(new Period.Current(), new Period.Year(2020), new Period.Year(2023), new Period.Years(2012, 2023));

    @Test
    void every_value_of_a_split_is_that_of_the_question_that_asks_for_its_place_alone() {
        Map<String, Integer> met = new HashMap<>();
        each((world, derived, period) -> splits(derived).forEach(by -> {
            for (Cell cell : cells(world, new FigureQuery(derived, List.of(by), Map.of(), List.of(), period))) {
                String code = cell.at().getOrDefault(by.name(), "");
                FigureQuery alone = by instanceof By.Membership membership
                        ? new FigureQuery(derived, List.of(), Map.of(), List.of(membership.list()), period)
                        : new FigureQuery(derived, List.of(), Map.of(by.name(), Set.of(code)), List.of(), period);
                if (!code.equals(Split.NON_MEMBER)) {
                    assertThat(value(world, alone))
                            .as("%s at %s in %s", derived.code(), cell.at(), period)
                            .isNotNull()
                            .isEqualTo(cell.exact());
                    met.merge(derived.rule().kind(), 1, Integer::sum);
                }
            }
        }));
        assertThat(met.keySet())
                .containsExactlyInAnyOrder("share", "sum", "change", "growth", "over", "concentration", "median");
    }

    @Test
    void every_year_of_a_split_by_year_is_that_of_the_question_about_this_year() {
        each((world, derived, period) -> {
            if (period instanceof Period.Years && !(derived.rule() instanceof Rule.Growth)) {
                FigureQuery years = new FigureQuery(derived, List.of(new By.Year()), Map.of(), List.of(), period);
                List<Cell> cells = cells(world, years);
                assertThat(cells).as(derived.code()).hasSize(12);
                for (Cell cell : cells) {
                    Period year = new Period.Year(Integer.parseInt(cell.at().getOrDefault("year", "")));
                    assertThat(value(world, years.split(List.of()).in(year)))
                            .as("%s in %s", derived.code(), year)
                            .isEqualTo(cell.exact());
                }
            }
        });
    }

    @Test
    void what_a_value_is_made_of_are_the_values_that_its_questions_give() {
        Set<String> roles = new HashSet<>();
        each((world, derived, period) -> {
            if (!answers(derived, period)) {
                return;
            }
            FigureQuery query = new FigureQuery(derived, List.of(), Map.of(), List.of(), period);
            for (Answers.ComponentAnswer component : world.live.read(cut -> world.figures.components(cut, query))) {
                roles.add(component.role());
                if (component.query() != null && component.value() != null) {
                    FigureQuery asked = asked(component.indicator(), component.query());
                    assertThat(world.live
                                    .read(cut -> world.figures.cells(cut, asked, Optional.empty()))
                                    .getFirst()
                                    .shown())
                            .as("%s of %s: %s", component.role(), derived.code(), component.query())
                            .isEqualTo(component.value());
                }
            }
        });
        assertThat(roles).containsExactlyInAnyOrder("part", "whole", "now", "before", "last", "first", "term", "each");
    }

    /** On the last day of November, 2026 is compared with 2025 until then, which no question of its own asks for. */
    @Test
    void what_is_half_a_year_before_is_no_question_on_the_last_day_of_a_month_either() {
        World world = new World();
        Clock november = Clock.fixed(Instant.parse("2026-11-30T04:00:00Z"), ZoneId.of("Asia/Shanghai"));
        Figures figures = new Figures(World.REFERENCE, november, 100_000);
        Derived change = (Derived)
                World.CATALOGUE.find("cooperative-institutions-change").orElseThrow();
        Map<Period, String> before = new HashMap<>();
        for (Period period :
                List.of(new Period.Year(2026), new Period.Year(2025), new Period.Month(YearMonth.of(2026, 11)))) {
            FigureQuery query = new FigureQuery(change, List.of(), Map.of(), List.of(), period);
            world.live.read(cut -> figures.components(cut, query)).stream()
                    .filter(component -> component.role().equals("before"))
                    .forEach(component -> before.put(period, String.valueOf(component.query())));
        }

        assertThat(before)
                .containsEntry(new Period.Year(2026), "null")
                .containsEntry(new Period.Year(2025), "period=2024")
                .containsEntry(new Period.Month(YearMonth.of(2026, 11)), "period=2025-11");
    }

    @ParameterizedTest
    @CsvSource({"5, true", "-3, true", "6, false", "higher-vocational, false", "unknown, false", "'', false"})
    void a_range_holds_numbers_and_what_else_is_called_so_is_in_none(String code, boolean held) {
        assertThat(NumberRange.read("level", "..5").holds(code)).isEqualTo(held);
    }

    private static FigureQuery asked(String indicator, String text) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String parameter : text.split("&", -1)) {
            if (!parameter.isEmpty()) {
                String[] parts = parameter.split("=", 2);
                parameters.put(parts[0], List.of(parts[1]));
            }
        }
        return QUESTIONS.read(World.CATALOGUE.find(indicator).orElseThrow(), parameters, Set.of());
    }

    private interface Check {
        void of(World world, Derived derived, Period period);
    }

    private static void each(Check check) {
        for (int history = 0; history < HISTORIES; history++) {
            World world = new World();
            world.deliver(new History(new Random(SEED + history)).deliveries());
            for (Derived derived : derived().toList()) {
                for (Period period : PERIODS) {
                    check.of(world, derived, period);
                }
            }
        }
    }

    private static Stream<By> splits(Derived derived) {
        return Stream.concat(
                derived.dimensions().stream().map(By.Dimension::new),
                derived.lists().stream().map(list -> new By.Membership(new ListMoment(list, true))));
    }

    private static Stream<Derived> derived() {
        return World.CATALOGUE.figures().stream()
                .filter(Derived.class::isInstance)
                .map(Derived.class::cast);
    }

    /** Whether the question has one answer; the reader of questions refuses the others. */
    private static boolean answers(Derived derived, Period period) {
        boolean range = period instanceof Period.Years;
        return derived.rule() instanceof Rule.Growth
                ? range
                : !range || !derived.isStock() && !(derived.rule() instanceof Rule.Change);
    }

    private static List<Cell> cells(World world, FigureQuery query) {
        boolean answers = query.byYear() || answers((Derived) query.indicator(), query.period());
        return answers ? world.live.read(cut -> world.figures.cells(cut, query, Optional.empty())) : List.of();
    }

    private static @Nullable BigDecimal value(World world, FigureQuery query) {
        return cells(world, query).getFirst().exact();
    }
}
