package org.voyage.indicators.indicator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.voyage.kit.web.Nearest;

/**
 * The fields of records, as the schemas of their events in {@code contracts/events} have them: a misspelt one would be
 * unknown of every record, and the figure 0 without a word.
 *
 * @param codes by field the codes that it may have; none where the schema lists none
 */
record RecordFields(Map<String, Set<String>> codes) {

    /** What follows from the sender and from a country. */
    private static final Set<String> GIVEN = Set.of("province", "region", "subRegion");
    /** Filters by it find what has no value. */
    private static final String UNKNOWN = "unknown";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Optional<RecordFields>> BY_RECORD = new ConcurrentHashMap<>();

    /** Of all of them together; empty when one has no contract: then nothing is known of its fields. */
    static Optional<RecordFields> of(Collection<String> records) {
        Map<String, Set<String>> codes = new HashMap<>();
        for (String record : records) {
            Optional<RecordFields> its = BY_RECORD.computeIfAbsent(record, RecordFields::read);
            if (its.isEmpty()) {
                return Optional.empty();
            }
            its.get().codes.forEach((field, of) -> codes.merge(field, of, RecordFields::either));
        }
        return Optional.of(new RecordFields(codes));
    }

    /** Where two records have a field of one name either may be meant, and one without a list allows any code. */
    private static Set<String> either(Set<String> one, Set<String> other) {
        Set<String> either = new HashSet<>(one);
        either.addAll(other);
        return one.isEmpty() || other.isEmpty() ? Set.of() : either;
    }

    private static Optional<RecordFields> read(String record) {
        try (InputStream schema =
                RecordFields.class.getResourceAsStream("/contracts/events/" + record + "-changed.v1.schema.json")) {
            if (schema == null) {
                return Optional.empty();
            }
            Map<String, Set<String>> codes = new HashMap<>();
            JSON.readTree(schema).at("/$defs/record/properties").properties().forEach(field -> {
                Set<String> known = new HashSet<>();
                for (JsonNode code : field.getValue().path("enum")) {
                    known.add(code.asText());
                }
                codes.put(field.getKey(), known);
            });
            return codes.isEmpty() ? Optional.empty() : Optional.of(new RecordFields(codes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws BadDefinition when the figure names a field or a code that its records do not have */
    static void check(Indicator indicator, Fields top) {
        of(indicator.records()).ifPresent(fields -> fields.checkAll(indicator, top));
        of(List.of(indicator.record()))
                .ifPresent(own -> indicator.join().keySet().forEach(field -> own.isField("join." + field, field, top)));
    }

    private void checkAll(Indicator indicator, Fields top) {
        Set<String> named = new HashSet<>(GIVEN);
        named.addAll(indicator.numbers().keySet());
        indicator.each().ifPresent(each -> {
            named.add(each.dimension());
            isField("each." + each.dimension(), each.field(), top);
        });
        indicator.numbers().forEach((dimension, of) -> areFields("numbers." + dimension, of, top));
        areFields("dimensions", without(indicator.dimensions(), named), top);
        switch (indicator.period()) {
            case PeriodRule.Stock stock -> {
                isField("period.from", stock.from(), top);
                areFields("period.until", stock.until(), top);
            }
            case PeriodRule.FlowOfYear flow -> isField("period.year", flow.year(), top);
            case PeriodRule.FlowOnDate flow -> isField("period.on", flow.on(), top);
        }
        switch (indicator.measure()) {
            case Measure.Count _ -> {}
            case Measure.Sum sum -> areFields("measure.of", sum.of(), top);
            case Measure.Distinct distinct -> {
                if (!distinct.ofRecord() && !named.contains(distinct.of())) {
                    isField("measure.of", distinct.of(), top);
                }
            }
        }
        conditions("where", indicator.where(), named, top);
        conditions("except", indicator.except(), named, top);
    }

    private void conditions(String member, Map<String, Set<String>> conditions, Set<String> named, Fields top) {
        conditions.forEach((field, values) -> {
            if (!named.contains(field)) {
                isField(member + "." + field, field, top);
                areCodes(member + "." + field, field, values, top);
            }
        });
    }

    private static List<String> without(Collection<String> names, Set<String> named) {
        return names.stream().filter(name -> !named.contains(name)).toList();
    }

    private void areFields(String member, Collection<String> names, Fields top) {
        names.forEach(name -> isField(member, name, top));
    }

    private void isField(String member, String name, Fields top) {
        if (!codes.containsKey(name)) {
            String nearest = Nearest.to(name, codes.keySet());
            throw top.bad(
                    member,
                    " names \"" + name + "\", which is no field of the record" + hint(nearest),
                    " 列出了“" + name + "”，记录没有此字段" + hintZh(nearest));
        }
    }

    /** @throws BadDefinition when the field has other codes than one of these */
    void areCodes(String member, String field, Collection<String> values, Fields top) {
        Set<String> known = codes.getOrDefault(field, Set.of());
        for (String value : new TreeSet<>(values)) {
            if (!known.isEmpty() && !known.contains(value) && !value.equals(UNKNOWN)) {
                String nearest = Nearest.to(value, known);
                throw top.bad(
                        member,
                        " names \"" + value + "\", which is no code of " + field + hint(nearest),
                        " 列出了“" + value + "”，" + field + " 没有此代码" + hintZh(nearest));
            }
        }
    }

    static String hint(@Nullable String nearest) {
        return nearest == null ? "" : "; did you mean " + nearest;
    }

    static String hintZh(@Nullable String nearest) {
        return nearest == null ? "" : "，是否应为 " + nearest;
    }
}
