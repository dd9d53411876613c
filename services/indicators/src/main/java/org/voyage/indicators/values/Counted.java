package org.voyage.indicators.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.Answers.ComponentAnswer;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.ListMoment;

/**
 * What a cut gave to a question.
 *
 * @param whole the values split by nothing but the year, when they are wanted
 * @param emptyLists lists without members that it was counted by
 * @param components what the only value of a derived figure is made of
 * @param offsets of the records that the figure is made of: what is of other records does not move it
 */
record Counted(
        FigureQuery query,
        List<Cell> cells,
        List<Cell> whole,
        List<ListMoment> emptyLists,
        List<ComponentAnswer> components,
        String period,
        Map<String, Map<String, Long>> offsets) {

    /** @param province the only province whose own values may appear; the whole is the nation's for everybody */
    static Counted in(Cut cut, FigureQuery query, Wanted wanted, Figures figures, Optional<String> province) {
        List<Cell> cells = figures.cells(cut, query, province);
        List<By> years = query.by().stream().filter(By.Year.class::isInstance).toList();
        return new Counted(
                query,
                cells,
                wanted.whole() ? figures.cells(cut, query.split(years), Optional.empty()) : List.of(),
                figures.emptyLists(query),
                figures.components(cut, query),
                figures.periodText(query, cells),
                own(query.indicator(), cut.positions().offsets()));
    }

    /** The same at another cut, whose cells hold the same. */
    Counted at(Cut cut) {
        return new Counted(
                query,
                cells,
                whole,
                emptyLists,
                components,
                period,
                own(query.indicator(), cut.positions().offsets()));
    }

    private static Map<String, Map<String, Long>> own(Figure figure, Map<String, Map<String, Long>> offsets) {
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
