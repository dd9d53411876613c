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
 * What a cut gave to a question.
 *
 * @param totals the values split by nothing but the year, when they are wanted
 * @param emptyLists lists without members that it was counted by
 * @param components what the only value of a derived figure is made of
 * @param offsets of the records that the figure is made of: what is of other records does not move it
 */
record FigureResult(
        FigureQuery query,
        List<ResultCell> cells,
        List<ResultCell> totals,
        List<ListCriterion> emptyLists,
        List<ComponentAnswer> components,
        String period,
        Map<String, Map<String, Long>> offsets) {

    /** @param province the only province whose own values may appear; the whole is the nation's for everybody */
    static FigureResult compute(
            FiguresView cut,
            FigureQuery query,
            ResultOptions wanted,
            FigureCalculator figures,
            Optional<String> province) {
        List<ResultCell> cells = figures.computeCells(cut, query, province);
        List<Breakdown> years = query.breakdowns().stream()
                .filter(Breakdown.YearBreakdown.class::isInstance)
                .toList();
        return new FigureResult(
                query,
                cells,
                wanted.needsWhole()
                        ? figures.computeCells(cut, query.withBreakdowns(years), Optional.empty())
                        : List.of(),
                figures.findEmptyLists(query),
                figures.computeComponents(cut, query),
                figures.formatPeriod(query, cells),
                restrictToFigure(query.figure(), cut.positions().offsetsByTopic()));
    }

    /** The same at another cut, whose cells hold the same. */
    FigureResult withPositionOf(FiguresView cut) {
        return new FigureResult(
                query,
                cells,
                totals,
                emptyLists,
                components,
                period,
                restrictToFigure(query.figure(), cut.positions().offsetsByTopic()));
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
