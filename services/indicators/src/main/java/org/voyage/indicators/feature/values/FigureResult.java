package org.voyage.indicators.feature.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.ComponentAnswer;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.ResultCell;

/**
 * Result of a query from one view.
 *
 * @param totals the values by the year only, when the request needs them
 * @param emptyLists lists of the query without members
 * @param unusedCodes codes of the filters that no record uses, as {@code college=4132000001}
 * @param components operands of the single value of a derived figure
 * @param offsets of the figure's records; events of other records do not change the result
 */
record FigureResult(
        FigureQuery query,
        List<ResultCell> cells,
        List<ResultCell> totals,
        List<ListCriterion> emptyLists,
        List<String> unusedCodes,
        List<ComponentAnswer> components,
        String period,
        Map<String, Map<String, Long>> offsets) {

    /** @param province the only province whose own values may appear; every caller may see the national total */
    static FigureResult compute(
            FiguresView view,
            FigureQuery query,
            ResultOptions options,
            FigureCalculator figures,
            Optional<String> province) {
        List<ResultCell> cells = figures.computeCells(view, query, province);
        List<Breakdown> years = query.breakdowns().stream()
                .filter(Breakdown.YearBreakdown.class::isInstance)
                .toList();
        return new FigureResult(
                query,
                cells,
                options.requiresAllCells()
                        ? figures.computeCells(view, query.withBreakdowns(years), Optional.empty())
                        : List.of(),
                figures.findEmptyLists(query),
                figures.findUnusedCodes(view, query, province),
                figures.computeComponents(view, query),
                figures.formatPeriod(query, cells),
                restrictToFigure(query.figure(), view.positions().offsetsByTopic()));
    }

    /** Returns this result with the position of another view, whose cells are equal. */
    FigureResult withPositionOf(FiguresView view) {
        return new FigureResult(
                query,
                cells,
                totals,
                emptyLists,
                unusedCodes,
                components,
                period,
                restrictToFigure(query.figure(), view.positions().offsetsByTopic()));
    }

    private static Map<String, Map<String, Long>> restrictToFigure(
            Figure figure, Map<String, Map<String, Long>> offsets) {
        List<String> records = figure.records();
        Map<String, Map<String, Long>> own = new LinkedHashMap<>();
        offsets.forEach((topic, partitions) -> {
            if (records.contains(topic.substring(topic.indexOf('.') + 1))) {
                own.put(topic, partitions);
            }
        });
        return own;
    }
}
