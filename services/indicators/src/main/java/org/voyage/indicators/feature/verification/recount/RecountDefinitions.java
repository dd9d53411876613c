package org.voyage.indicators.feature.verification.recount;

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
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.MultiValuedDimension;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.reference.Geography;

/** Definitions for the recount: the figures by counted record, and the fields of each record that they read. */
public final class RecountDefinitions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, List<FigureRecount>> byRecord = new LinkedHashMap<>();
    private final Map<String, StateFields.StateFieldsReader> readers = new HashMap<>();

    public RecountDefinitions(Collection<CountedFigure> indicators, Geography geography) {
        Map<String, Set<String>> needed = new HashMap<>();
        for (CountedFigure figure : indicators) {
            byRecord.computeIfAbsent(figure.record(), record -> new ArrayList<>())
                    .add(new FigureRecount(figure, geography));
            figure.records()
                    .forEach(record -> needed.computeIfAbsent(record, its -> new HashSet<>())
                            .addAll(fieldNames(figure)));
        }
        needed.forEach((record, names) -> readers.put(record, new StateFields.StateFieldsReader(names)));
    }

    /** Returns the counted records, each once. */
    public Set<String> records() {
        return byRecord.keySet();
    }

    public List<FigureRecount> recountsOf(String record) {
        return byRecord.getOrDefault(record, List.of());
    }

    /** Returns the parent records of the facts of a record. */
    Set<String> joinedRecords(String record) {
        Set<String> joined = new HashSet<>();
        recountsOf(record)
                .forEach(recount -> joined.addAll(recount.indicator().joins().values()));
        return joined;
    }

    public StateFields readFields(String record, JsonNode state) {
        StateFields.StateFieldsReader reader = readers.get(record);
        if (reader == null) {
            throw new IllegalArgumentException("no figure looks at " + record);
        }
        return reader.readFields(state);
    }

    StateFields readFields(String record, byte[] state) throws ProofUndecidedException {
        return readFields(record, parseJson(state));
    }

    public static JsonNode parseJson(byte[] bytes) throws ProofUndecidedException {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new ProofUndecidedException("A state that was counted is not JSON.", e);
        }
    }

    /** Returns the path of a list's codes, as {@link StateFields} names it. */
    static String memberPath(MultiValuedDimension each) {
        return each.member().map(member -> each.field() + "." + member).orElse(each.field());
    }

    private static Set<String> fieldNames(CountedFigure figure) {
        Set<String> names = new HashSet<>(figure.dimensions());
        figure.multiValued().ifPresent(each -> names.add(memberPath(each)));
        figure.numbers().forEach((dimension, of) -> names.addAll(of));
        names.addAll(figure.includedCodes().keySet());
        names.addAll(figure.excludedCodes().keySet());
        names.addAll(figure.joins().keySet());
        switch (figure.measure()) {
            case Measure.SumMeasure sum -> names.addAll(sum.fields());
            case Measure.DistinctMeasure distinct -> names.add(distinct.field());
            case Measure.CountMeasure _ -> {}
        }
        switch (figure.period()) {
            case PeriodRule.StockPeriodRule stock -> {
                stock.starts().forEach(start -> names.add(start.field()));
                stock.ends().forEach(end -> names.add(end.field()));
            }
            case PeriodRule.YearFlowPeriodRule flow -> names.add(flow.yearField());
            case PeriodRule.DateFlowPeriodRule flow -> names.add(flow.dateField());
        }
        return names;
    }
}
