package org.voyage.indicators.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.reference.Geography;

/** The figures to count again, by the record that each counts, and which fields of which record they look at. */
final class Definitions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<Recount>> byRecord = new LinkedHashMap<>();
    private final Map<String, Fields.Reader> readers = new HashMap<>();

    Definitions(Collection<Indicator> indicators, Geography geography) {
        Map<String, Set<String>> needed = new HashMap<>();
        for (Indicator indicator : indicators) {
            byRecord.computeIfAbsent(indicator.record(), record -> new ArrayList<>())
                    .add(new Recount(indicator, geography));
            indicator
                    .records()
                    .forEach(record -> needed.computeIfAbsent(record, its -> new HashSet<>())
                            .addAll(names(indicator)));
        }
        needed.forEach((record, names) -> readers.put(record, new Fields.Reader(names)));
    }

    /** The records that are counted, each once. */
    Set<String> records() {
        return byRecord.keySet();
    }

    List<Recount> of(String record) {
        return byRecord.getOrDefault(record, List.of());
    }

    /** The records that facts of this one belong to. */
    Set<String> joined(String record) {
        Set<String> joined = new HashSet<>();
        of(record).forEach(recount -> joined.addAll(recount.indicator().join().values()));
        return joined;
    }

    Fields read(String record, JsonNode state) {
        Fields.Reader reader = readers.get(record);
        if (reader == null) {
            throw new IllegalArgumentException("no figure looks at " + record);
        }
        return reader.read(state);
    }

    Fields read(String record, byte[] state) throws Undecided {
        return read(record, json(state));
    }

    static JsonNode json(byte[] bytes) throws Undecided {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new Undecided("A state that was counted is not JSON.", e);
        }
    }

    private static Set<String> names(Indicator indicator) {
        Set<String> names = new HashSet<>(indicator.dimensions());
        names.addAll(indicator.where().keySet());
        names.addAll(indicator.except().keySet());
        names.addAll(indicator.join().keySet());
        switch (indicator.measure()) {
            case Measure.Sum sum -> names.addAll(sum.of());
            case Measure.Distinct distinct -> names.add(distinct.of());
            case Measure.Count _ -> {}
        }
        switch (indicator.period()) {
            case PeriodRule.Stock stock -> {
                names.add(stock.from());
                names.addAll(stock.until());
            }
            case PeriodRule.FlowOfYear flow -> names.add(flow.year());
            case PeriodRule.FlowOnDate flow -> names.add(flow.on());
        }
        return names;
    }
}
