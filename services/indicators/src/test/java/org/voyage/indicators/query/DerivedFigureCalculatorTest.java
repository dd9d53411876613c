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
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.live.RecordHistory;
import org.voyage.indicators.query.http.FigureQueryParser;

class DerivedFigureCalculatorTest {

    private static final int HISTORIES = 40;
    private static final long SEED = 20_261_125;
    private static final FigureQueryParser QUESTIONS = new FigureQueryParser(TestFigures.REFERENCE, TestFigures.CLOCK);
    private static final List<PeriodFilter> PERIODS = List.of(
            new PeriodFilter.CurrentPeriod(),
            new PeriodFilter.YearPeriod(2020),
            new PeriodFilter.YearPeriod(2023),
            new PeriodFilter.YearRangePeriod(2012, 2023));

    @Test
    void every_value_of_a_split_is_that_of_the_question_that_asks_for_its_place_alone() {
        Map<String, Integer> met = new HashMap<>();
        forEachDerived((world, derived, period) -> breakdownsOf(derived).forEach(breakdown -> {
            for (ResultCell cell :
                    computeCells(world, new FigureQuery(derived, List.of(breakdown), Map.of(), List.of(), period))) {
                String code = cell.coordinates().getOrDefault(breakdown.name(), "");
                FigureQuery alone = breakdown instanceof Breakdown.MembershipBreakdown membership
                        ? new FigureQuery(derived, List.of(), Map.of(), List.of(membership.criterion()), period)
                        : new FigureQuery(
                                derived, List.of(), Map.of(breakdown.name(), Set.of(code)), List.of(), period);
                if (!code.equals(BreakdownPlan.NON_MEMBER_CODE)) {
                    assertThat(computeValue(world, alone))
                            .as("%s at %s in %s", derived.code(), cell.coordinates(), period)
                            .isNotNull()
                            .isEqualTo(cell.exact());
                    met.merge(derived.rule().kind(), 1, Integer::sum);
                }
            }
        }));
        assertThat(met.keySet())
                .containsExactlyInAnyOrder(
                        "share", "sum", "difference", "change", "growth", "over", "concentration", "median");
    }

    @Test
    void every_year_of_a_split_by_year_is_that_of_the_question_about_this_year() {
        forEachDerived((world, derived, period) -> {
            if (period instanceof PeriodFilter.YearRangePeriod
                    && !(derived.rule() instanceof DerivationRule.GrowthRule)) {
                FigureQuery years =
                        new FigureQuery(derived, List.of(new Breakdown.YearBreakdown()), Map.of(), List.of(), period);
                List<ResultCell> cells = computeCells(world, years);
                assertThat(cells).as(derived.code()).hasSize(12);
                for (ResultCell cell : cells) {
                    PeriodFilter year = new PeriodFilter.YearPeriod(
                            Integer.parseInt(cell.coordinates().getOrDefault("year", "")));
                    assertThat(computeValue(
                                    world, years.withBreakdowns(List.of()).withPeriod(year)))
                            .as("%s in %s", derived.code(), year)
                            .isEqualTo(cell.exact());
                }
            }
        });
    }

    @Test
    void what_a_value_is_made_of_are_the_values_that_its_questions_give() {
        Set<String> roles = new HashSet<>();
        forEachDerived((world, derived, period) -> {
            if (!isAnswerable(derived, period)) {
                return;
            }
            FigureQuery query = new FigureQuery(derived, List.of(), Map.of(), List.of(), period);
            for (FigureResponses.ComponentAnswer component :
                    world.liveFigures.readView(view -> world.calculator.computeComponents(view, query))) {
                roles.add(component.role());
                if (component.query() != null && component.value() != null) {
                    FigureQuery asked = parseQuery(component.indicator(), component.query());
                    assertThat(world.liveFigures
                                    .readView(view -> world.calculator.computeCells(view, asked, Optional.empty()))
                                    .getFirst()
                                    .shownValue())
                            .as("%s of %s: %s", component.role(), derived.code(), component.query())
                            .isEqualTo(component.value());
                }
            }
        });
        assertThat(roles)
                .containsExactlyInAnyOrder(
                        "part",
                        "whole",
                        "now",
                        "before",
                        "last",
                        "first",
                        "term",
                        "each",
                        "minuend",
                        "subtrahend",
                        "reported",
                        "reported-before");
    }

    /** On the last day of November, 2026 is compared with 2025 up to that day, a period that no query can name. */
    @Test
    void what_is_half_a_year_before_is_no_question_on_the_last_day_of_a_month_either() {
        TestFigures world = new TestFigures();
        Clock november = Clock.fixed(Instant.parse("2026-11-30T04:00:00Z"), ZoneId.of("Asia/Shanghai"));
        FigureCalculator figures = new FigureCalculator(TestFigures.REFERENCE, november, 100_000);
        DerivedFigure change = (DerivedFigure) TestFigures.CATALOGUE
                .findFigure("cooperative-institutions-change")
                .orElseThrow();
        Map<PeriodFilter, String> before = new HashMap<>();
        for (PeriodFilter period : List.of(
                new PeriodFilter.YearPeriod(2026),
                new PeriodFilter.YearPeriod(2025),
                new PeriodFilter.MonthPeriod(YearMonth.of(2026, 11)))) {
            FigureQuery query = new FigureQuery(change, List.of(), Map.of(), List.of(), period);
            world.liveFigures.readView(view -> figures.computeComponents(view, query)).stream()
                    .filter(component -> component.role().equals("before"))
                    .forEach(component -> before.put(period, String.valueOf(component.query())));
        }

        assertThat(before)
                .containsEntry(new PeriodFilter.YearPeriod(2026), "null")
                .containsEntry(new PeriodFilter.YearPeriod(2025), "period=2024")
                .containsEntry(new PeriodFilter.MonthPeriod(YearMonth.of(2026, 11)), "period=2025-11");
    }

    @ParameterizedTest
    @CsvSource({"5, true", "-3, true", "6, false", "higher-vocational, false", "unknown, false", "'', false"})
    void a_range_holds_numbers_and_what_else_is_called_so_is_in_none(String code, boolean held) {
        assertThat(NumberRange.parse("level", "..5").containsCode(code)).isEqualTo(held);
    }

    private static FigureQuery parseQuery(String indicator, String text) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String parameter : text.split("&", -1)) {
            if (!parameter.isEmpty()) {
                String[] parts = parameter.split("=", 2);
                parameters.put(parts[0], List.of(parts[1]));
            }
        }
        return QUESTIONS.parse(TestFigures.CATALOGUE.findFigure(indicator).orElseThrow(), parameters, Set.of());
    }

    private interface DerivationAssertion {
        void assertHolds(TestFigures world, DerivedFigure derived, PeriodFilter period);
    }

    private static void forEachDerived(DerivationAssertion check) {
        for (int history = 0; history < HISTORIES; history++) {
            TestFigures world = new TestFigures();
            world.deliverVersions(new RecordHistory(new Random(SEED + history)).randomDeliveries());
            for (DerivedFigure derived : derivedFigures().toList()) {
                for (PeriodFilter period : PERIODS) {
                    check.assertHolds(world, derived, period);
                }
            }
        }
    }

    private static Stream<Breakdown> breakdownsOf(DerivedFigure derived) {
        return Stream.concat(
                derived.dimensions().stream().map(Breakdown.DimensionBreakdown::new),
                derived.lists().stream().map(list -> new Breakdown.MembershipBreakdown(new ListCriterion(list, true))));
    }

    private static Stream<DerivedFigure> derivedFigures() {
        return TestFigures.CATALOGUE.figures().stream()
                .filter(DerivedFigure.class::isInstance)
                .map(DerivedFigure.class::cast);
    }

    /** Returns whether the query has one answer; the query parser refuses the others. */
    private static boolean isAnswerable(DerivedFigure derived, PeriodFilter period) {
        boolean range = period instanceof PeriodFilter.YearRangePeriod;
        return derived.rule() instanceof DerivationRule.GrowthRule
                ? range
                : !range
                        || !derived.isStock()
                                && !derived.isKnownByYearOnly()
                                && !(derived.rule() instanceof DerivationRule.ChangeRule);
    }

    private static List<ResultCell> computeCells(TestFigures world, FigureQuery query) {
        boolean answers = query.isByYear() || isAnswerable((DerivedFigure) query.figure(), query.period());
        return answers
                ? world.liveFigures.readView(view -> world.calculator.computeCells(view, query, Optional.empty()))
                : List.of();
    }

    private static @Nullable BigDecimal computeValue(TestFigures world, FigureQuery query) {
        return computeCells(world, query).getFirst().exact();
    }
}
