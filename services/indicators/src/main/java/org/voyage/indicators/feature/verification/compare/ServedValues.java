package org.voyage.indicators.feature.verification.compare;

import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.feature.verification.recount.ValueSpec;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.OperandQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ReportingPeriod;
import org.voyage.indicators.query.ResultCell;

/** Values that the query engine serves on one day, from a copy of the live figures. */
public final class ServedValues {

    private final FigureCalculator figures;
    private final FiguresView view;

    /** @param view stays valid */
    public ServedValues(FigureCalculator figures, Clock day, FiguresView view) {
        this.figures = figures.withClock(day).withMaxCells(Integer.MAX_VALUE);
        this.view = view;
    }

    List<ResultCell> valuesOf(DerivedQuery question) {
        List<Breakdown> by = toBreakdowns(question.breakdowns());
        if (question.isByYear()) {
            by.add(new Breakdown.YearBreakdown());
        }
        PeriodFilter years = new PeriodFilter.YearRangePeriod(question.firstYear(), question.lastYear());
        return figures.computeCells(
                view, new FigureQuery(question.figure(), by, Map.of(), List.of(), years), Optional.empty());
    }

    /** Returns the values of a counted operand; values of 0 are absent. */
    Map<List<String>, BigDecimal> valuesOf(ValueSpec counted) {
        int year = counted.dates().to().getYear();
        FigureQuery query = new FigureQuery(
                counted.figure(),
                toBreakdowns(counted.breakdowns()),
                counted.conditions(),
                List.of(),
                new PeriodFilter.YearPeriod(year));
        ReportingPeriod moment = new ReportingPeriod(
                year, counted.dates().from(), counted.dates().to());
        Map<List<String>, BigDecimal> values = new HashMap<>();
        for (ResultCell cell :
                figures.computeCells(view, new OperandQuery(counted.role(), query, List.of(moment), false))) {
            BigDecimal exact = cell.exact();
            if (exact != null && exact.signum() != 0) {
                values.put(codesOf(cell, counted.breakdowns()), exact);
            }
        }
        return values;
    }

    /** Returns the codes of a value in the order of the breakdowns. */
    static List<String> codesOf(ResultCell cell, List<String> by) {
        return by.stream()
                .map(name -> cell.coordinates().getOrDefault(name, ""))
                .toList();
    }

    private static List<Breakdown> toBreakdowns(List<String> names) {
        List<Breakdown> by = new ArrayList<>();
        for (String name : names) {
            by.add(
                    name.startsWith(ValueSpec.LIST_PREFIX)
                            ? toMembership(name.substring(ValueSpec.LIST_PREFIX.length()))
                            : new Breakdown.DimensionBreakdown(name));
        }
        return by;
    }

    private static Breakdown toMembership(String list) {
        int at = list.indexOf('@');
        return new Breakdown.MembershipBreakdown(new ListCriterion(list.substring(0, at), list.endsWith("@then")));
    }
}
