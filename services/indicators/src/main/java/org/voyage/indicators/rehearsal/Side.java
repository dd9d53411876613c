package org.voyage.indicators.rehearsal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.kit.problem.Refusal;

/**
 * One of the two definitions, and what it answers.
 *
 * @param query empty when it cannot be asked this way
 * @param why it cannot
 */
record Side(Figure figure, Optional<FigureQuery> query, Optional<Refusal> why) {

    /** Reads a question; a definition may lack what the other one has. */
    interface Reading {
        FigureQuery read(Figure figure);
    }

    static Side of(Figure figure, Reading reading) {
        try {
            return new Side(figure, Optional.of(reading.read(figure)), Optional.empty());
        } catch (Refusal.Malformed e) {
            return new Side(figure, Optional.empty(), Optional.of(e));
        }
    }

    static Map<Map<String, String>, Cell> byPlace(List<Cell> cells) {
        Map<Map<String, String>, Cell> byPlace = new LinkedHashMap<>();
        cells.forEach(cell -> byPlace.put(cell.at(), cell));
        return byPlace;
    }
}
