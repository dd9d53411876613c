package org.voyage.indicators.feature.release;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.feature.release.DisclosureAttacker.UnknownCell;
import org.voyage.kittest.TestTokens;

/** True counts of persons at the places that external readers query, as an operator currently sees them. */
final class TrueCounts {

    private final List<String> tables;
    private final Map<List<String>, Long> persons = new HashMap<>();

    TrueCounts(FigureAttack reading) {
        tables = List.copyOf(reading.tables());
        JsonNode answer = FigureAttack.parseJson(FigureAttack.getResponse(
                "/v1/indicators/" + reading.figure() + "/values?by=year," + String.join(",", tables) + "&period="
                        + reading.first() + ".." + reading.last(),
                TestTokens.operatorToken()));
        answer.path("items").forEach(line -> {
            List<String> place = new ArrayList<>(List.of(line.path("year").asText()));
            tables.forEach(table -> place.add(line.path(table).asText()));
            persons.put(place, line.path("value").asLong());
        });
    }

    long countPersons(Collection<UnknownCell> cells) {
        return cells.stream().mapToLong(this::countPersons).sum();
    }

    long countPersons(UnknownCell cell) {
        List<String> place = new ArrayList<>(List.of(String.valueOf(cell.year())));
        tables.forEach(table -> place.add(cell.codes().getOrDefault(table, "")));
        return persons.getOrDefault(place, 0L);
    }
}
