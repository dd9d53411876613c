package org.voyage.indicators.feature.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.voyage.kit.reference.ContractFile;

/**
 * What a reader of feeds with every grant holds of the records of a population: each field that may leave at all
 * ({@code contracts/feeds/fields.yaml}), and nothing of records that never leave.
 */
final class FeedKnowledge {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final JsonNode classes = readClasses();
    private final Map<String, List<JsonNode>> statesByRecord = new HashMap<>();

    /** @param statesByTopic states of the sent records, JSON */
    static FeedKnowledge of(Map<String, List<String>> statesByTopic) {
        FeedKnowledge knowledge = new FeedKnowledge();
        statesByTopic.forEach((topic, states) -> {
            String record = topic.substring(topic.indexOf('.') + 1);
            if (knowledge.classes.has(record)) {
                List<JsonNode> known = knowledge.statesByRecord.computeIfAbsent(record, _ -> new ArrayList<>());
                states.forEach(state -> known.add(parse(state)));
            }
        });
        return knowledge;
    }

    /** Returns the records that the reader holds. */
    Set<String> records() {
        return statesByRecord.keySet();
    }

    /** Returns whether the reader sees a field of a record. */
    boolean shows(String record, String field) {
        String its = classes.path(record).path(field).asText("never");
        return !its.equals("never");
    }

    /** Returns the codes that a field has in the records that were there on some day of a year. */
    Set<String> codesIn(String record, String field, int year) {
        Set<String> codes = new TreeSet<>();
        for (JsonNode state : statesByRecord.getOrDefault(record, List.of())) {
            String from = firstText(state, "openedOn", "approvedOn");
            String until = firstText(state, "closedOn", "terminatedOn");
            if (from.compareTo(year + "-12-31") <= 0 && (until.isEmpty() || until.compareTo(year + "-01-01") >= 0)) {
                codes.add(state.path(field).asText());
            }
        }
        return codes;
    }

    private String firstText(JsonNode state, String one, String other) {
        return state.path(one).asText(state.path(other).asText(""));
    }

    private static JsonNode parse(String json) {
        try {
            return YAML.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode readClasses() {
        try (InputStream in = ContractFile.open("feeds/fields.yaml")) {
            return YAML.readTree(in).path("records");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
