package org.voyage.feeds.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.voyage.kit.reference.CodeListFile;
import org.voyage.kit.reference.ContractFile;

/**
 * Codes that the fields of the records may have, by the first version of their schemas (contracts/events) and the list of
 * countries. Codes decide the scope of a feed, so a record with an unknown one could be missing without a word.
 */
final class RecordCodes {

    private static final String COUNTRY_PATTERN = "^[A-Z]{3}$";
    private static final Set<String> COUNTRIES =
            Set.copyOf(CodeListFile.codes("country", "countries", row -> true).codes());
    private static final Map<FeedRecord, Map<String, Predicate<String>>> CODES = load();

    private RecordCodes() {}

    /** Returns the name of a field whose code is unknown, {@code list.member} in a list of objects; empty without one. */
    static Optional<String> findUnknown(FeedRecord record, JsonNode state) {
        return findUnknown(CODES.getOrDefault(record, Map.of()), "", state);
    }

    private static Optional<String> findUnknown(Map<String, Predicate<String>> codes, String name, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream()
                    .flatMap(each -> findUnknown(codes, name, each).stream())
                    .findFirst();
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .flatMap(each -> findUnknown(codes, join(name, each.getKey()), each.getValue()).stream())
                    .findFirst();
        }
        Predicate<String> isKnown = codes.get(name);
        return isKnown == null || value.isNull() || value.isTextual() && isKnown.test(value.textValue())
                ? Optional.empty()
                : Optional.of(name);
    }

    private static String join(String list, String member) {
        return list.isEmpty() ? member : list + "." + member;
    }

    private static Map<FeedRecord, Map<String, Predicate<String>>> load() {
        Map<FeedRecord, Map<String, Predicate<String>>> codes = new EnumMap<>(FeedRecord.class);
        for (FeedRecord record : FeedRecord.values()) {
            try (InputStream in = ContractFile.open("events/" + record.wireName() + "-changed.v1.schema.json")) {
                Map<String, Predicate<String>> fields = new HashMap<>();
                addCodes("", new JsonMapper().readTree(in).at("/$defs/record"), fields);
                codes.put(record, fields);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return codes;
    }

    private static void addCodes(String name, JsonNode schema, Map<String, Predicate<String>> to) {
        if (schema.has("enum")) {
            Set<String> all = new HashSet<>();
            schema.path("enum").forEach(code -> all.add(code.asText()));
            to.put(name, all::contains);
        } else if (schema.path("pattern").asText().equals(COUNTRY_PATTERN)) {
            to.put(name, COUNTRIES::contains);
        } else if (schema.has("pattern")) {
            to.put(name, Pattern.compile(schema.path("pattern").asText()).asMatchPredicate());
        }
        schema.path("properties")
                .properties()
                .forEach(property -> addCodes(join(name, property.getKey()), property.getValue(), to));
        if (schema.has("items")) {
            addCodes(name, schema.path("items"), to);
        }
    }
}
