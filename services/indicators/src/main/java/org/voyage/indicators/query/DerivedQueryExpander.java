package org.voyage.indicators.query;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;

/** Expander of a query on a derived figure into queries on its operands. */
final class DerivedQueryExpander {

    private static final String LIST_DIMENSION = "list";

    private DerivedQueryExpander() {}

    /** Returns the operand queries in the order of the rule; none for a counted figure. */
    static List<OperandQuery> expand(OperandQuery component, LocalDate today) {
        return component.query().figure() instanceof DerivedFigure derived
                ? expand(derived, component.query(), component.periods(), today).stream()
                        .map(each -> each.nestedIn(component))
                        .toList()
                : List.of();
    }

    private static List<OperandQuery> expand(
            DerivedFigure derived, FigureQuery query, List<ReportingPeriod> moments, LocalDate today) {
        return switch (derived.rule()) {
            case DerivationRule.ShareRule share ->
                List.of(
                        withRole("part", forShareOperand(query, share.part()), moments),
                        withRole("whole", forShareOperand(query, share.whole()), moments));
            case DerivationRule.PublishedShareRule share ->
                List.of(withRole("part", forShareOperand(query, share.part()), moments));
            case DerivationRule.SumRule sum ->
                sum.figures().stream()
                        .map(term -> withRole("term", query.withFigure(term), moments))
                        .toList();
            case DerivationRule.DifferenceRule difference -> expandDifference(query, difference, moments);
            case DerivationRule.ChangeRule change ->
                List.of(
                        withRole("now", query.withFigure(change.figure()), moments),
                        forEarlierYears("before", query.withFigure(change.figure()), change.yearsBack(), moments));
            case DerivationRule.GrowthRule growth ->
                switch (query.period()) {
                    case PeriodFilter.YearRangePeriod years ->
                        List.of(
                                forYear("last", query.withFigure(growth.figure()), years.lastYear(), today),
                                forYear("first", query.withFigure(growth.figure()), years.firstYear(), today));
                    case PeriodFilter.CurrentPeriod _, PeriodFilter.YearPeriod _, PeriodFilter.MonthPeriod _ ->
                        throw new IllegalArgumentException("a growth over one year");
                };
            case DerivationRule.PerCodeRule ofEach ->
                List.of(withRole("each", splitBy(ofEach.dimension(), query.withFigure(ofEach.figure())), moments));
        };
    }

    private static FigureQuery splitBy(String dimension, FigureQuery query) {
        if (query.breakdownNames().contains(dimension)) {
            return query;
        }
        List<Breakdown> by = new ArrayList<>(query.breakdowns());
        by.add(new Breakdown.DimensionBreakdown(dimension));
        return query.withBreakdowns(by);
    }

    /** Returns the operands of a difference by province, and the reports of each year and of the year before. */
    private static List<OperandQuery> expandDifference(
            FigureQuery query, DerivationRule.DifferenceRule difference, List<ReportingPeriod> moments) {
        String province = DerivationRule.DifferenceRule.REPORTER_DIMENSION;
        Map<String, Set<String>> filters = new LinkedHashMap<>(query.filters());
        filters.keySet().retainAll(Set.of(province));
        FigureQuery reports = splitBy(
                province,
                new FigureQuery(
                        difference.reported(),
                        query.breakdowns().stream()
                                .filter(Breakdown.YearBreakdown.class::isInstance)
                                .toList(),
                        filters,
                        List.of(),
                        switch (query.period()) {
                            case PeriodFilter.MonthPeriod month ->
                                new PeriodFilter.YearPeriod(month.month().getYear());
                            case PeriodFilter.CurrentPeriod _,
                                    PeriodFilter.YearPeriod _,
                                    PeriodFilter.YearRangePeriod _ -> query.period();
                        }));
        return List.of(
                withRole("minuend", splitBy(province, query.withFigure(difference.minuend())), moments),
                withRole("subtrahend", splitBy(province, forShareOperand(query, difference.subtrahend())), moments),
                withRole("reported", reports, moments),
                forEarlierYears("reported-before", reports, 1, moments));
    }

    private static OperandQuery withRole(String role, FigureQuery query, List<ReportingPeriod> moments) {
        return new OperandQuery(role, query, moments, true);
    }

    private static OperandQuery forYear(String role, FigureQuery query, int year, LocalDate today) {
        return new OperandQuery(
                role,
                query.withPeriod(new PeriodFilter.YearPeriod(year)),
                List.of(ReportingPeriod.ofYear(year, today)),
                true);
    }

    /** Returns an operand of earlier years. No client can query the period "a year ago today". */
    private static OperandQuery forEarlierYears(
            String role, FigureQuery before, int back, List<ReportingPeriod> moments) {
        FigureQuery then = switch (before.period()) {
            case PeriodFilter.CurrentPeriod _ -> before;
            case PeriodFilter.YearPeriod year -> before.withPeriod(new PeriodFilter.YearPeriod(year.year() - back));
            case PeriodFilter.MonthPeriod month ->
                before.withPeriod(new PeriodFilter.MonthPeriod(month.month().minusYears(back)));
            case PeriodFilter.YearRangePeriod years ->
                before.withPeriod(new PeriodFilter.YearRangePeriod(years.firstYear() - back, years.lastYear() - back));
        };
        List<ReportingPeriod> earlier =
                moments.stream().map(moment -> moment.minusYears(back)).toList();
        return new OperandQuery(role, then, earlier, isFinished(before.period(), moments));
    }

    /** Returns whether the period is finished; otherwise the compared period also ends early. */
    private static boolean isFinished(PeriodFilter period, List<ReportingPeriod> moments) {
        return switch (period) {
            case PeriodFilter.CurrentPeriod _ -> false;
            case PeriodFilter.MonthPeriod _ -> moments.stream().allMatch(ReportingPeriod::endsMonth);
            case PeriodFilter.YearPeriod _, PeriodFilter.YearRangePeriod _ ->
                moments.stream().allMatch(ReportingPeriod::endsYear);
        };
    }

    private static FigureQuery forShareOperand(FigureQuery query, DerivationRule.ShareOperand operand) {
        Set<String> all = operand.unfilteredDimensions();
        Map<String, Set<String>> filters = new LinkedHashMap<>(query.filters());
        filters.keySet().removeAll(all);
        filters.putAll(operand.includedCodes());
        List<Breakdown> by = query.breakdowns().stream()
                .filter(each -> switch (each) {
                    case Breakdown.YearBreakdown _ -> true;
                    case Breakdown.DimensionBreakdown dimension -> !all.contains(dimension.name());
                    case Breakdown.MembershipBreakdown _ -> !all.contains(LIST_DIMENSION);
                })
                .toList();
        List<ListCriterion> lists = all.contains(LIST_DIMENSION) ? List.of() : query.listFilters();
        return new FigureQuery(operand.figure(), by, filters, lists, query.period());
    }

    /** Returns the queries on all counted figures behind a query; the query itself for a counted figure. */
    static Stream<OperandQuery> expandToCounted(OperandQuery component, LocalDate today) {
        List<OperandQuery> components = expand(component, today);
        return components.isEmpty()
                ? Stream.of(component)
                : components.stream().flatMap(each -> expandToCounted(each, today));
    }
}
