package org.voyage.indicators.feature.rehearsal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ResultCell;
import org.voyage.kit.problem.Refusal;

/**
 * One of the two rehearsed definitions, with its query.
 *
 * @param query empty when the definition cannot answer the request
 * @param refusal the reason why it cannot
 */
record RehearsedDefinition(Figure figure, Optional<FigureQuery> query, Optional<Refusal> refusal) {

    /** Parser of a query; a definition may lack what the other one has. */
    interface RehearsalQueryParser {
        FigureQuery parse(Figure figure);
    }

    static RehearsedDefinition of(Figure figure, RehearsalQueryParser reading) {
        try {
            return new RehearsedDefinition(figure, Optional.of(reading.parse(figure)), Optional.empty());
        } catch (Refusal.Malformed e) {
            return new RehearsedDefinition(figure, Optional.empty(), Optional.of(e));
        }
    }

    static Map<Map<String, String>, ResultCell> groupByPlace(List<ResultCell> cells) {
        Map<Map<String, String>, ResultCell> byPlace = new LinkedHashMap<>();
        cells.forEach(cell -> byPlace.put(cell.coordinates(), cell));
        return byPlace;
    }
}
