package org.voyage.indicators.fact;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.PeriodBoundary;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.fact.FieldSlot.SlotKind;
import org.voyage.indicators.fact.RecordLayout.RecordLayoutBuilder;
import org.voyage.indicators.reference.Geography;

/**
 * Registry of record layouts: the fields of each record type that the figures need. It is computed once from the
 * definitions.
 */
public final class RecordLayoutRegistry {

    private static final Set<String> DERIVED_DIMENSIONS = Set.of("province", Geography.REGION, Geography.SUB_REGION);

    private final Map<String, RecordLayout> byRecord = new LinkedHashMap<>();
    private final Map<String, FieldSlot> yearSlots = new LinkedHashMap<>();

    /**
     * @param records record types to read even if no figure counts them
     * @throws InvalidDefinitionException when two figures read one field as different kinds
     */
    public RecordLayoutRegistry(FigureCatalogue catalogue, Collection<String> records) {
        this(catalogue, records, Map.of());
    }

    /** Uses the year fields of another registry, unless a figure here reads that field as another kind. */
    public RecordLayoutRegistry(FigureCatalogue catalogue, Collection<String> records, RecordLayoutRegistry others) {
        this(catalogue, records, others.yearSlots);
    }

    private RecordLayoutRegistry(FigureCatalogue catalogue, Collection<String> records, Map<String, FieldSlot> theirs) {
        Map<String, RecordLayoutBuilder> builders = new LinkedHashMap<>();
        records.forEach(record -> builders.put(record, new RecordLayoutBuilder(record)));
        for (CountedFigure figure : catalogue.countedFigures()) {
            try {
                requireFields(figure, builders);
            } catch (RecordLayout.UnfitFieldException e) {
                throw new InvalidDefinitionException(
                        figure, e.member(), e.reason().en(), e.reason().zh());
            }
        }
        theirs.forEach((record, slot) -> {
            RecordLayoutBuilder builder = builders.get(record);
            if (builder != null) {
                builder.requireFieldIfUnread(slot.field(), slot.kind());
            }
        });
        builders.forEach((record, builder) -> byRecord.put(record, builder.buildLayout()));
        byRecord.forEach((record, layout) -> {
            FieldSlot wanted = theirs.get(record);
            FieldSlot slot = wanted == null ? null : layout.findSlot(wanted.field());
            if (slot != null && wanted != null && slot.kind() == wanted.kind()) {
                yearSlots.put(record, slot);
            }
        });
        for (CountedFigure figure : stocksFirst(catalogue)) {
            FieldSlot slot =
                    Objects.requireNonNull(byRecord.get(figure.record())).findSlot(yearFieldOf(figure.period()));
            if (slot != null) {
                yearSlots.putIfAbsent(figure.record(), slot);
            }
        }
    }

    public @Nullable RecordLayout layoutOf(String record) {
        return byRecord.get(record);
    }

    /** Returns the field with the year or the first day of a record. Null when no figure counts the record. */
    public @Nullable FieldSlot yearFieldOf(String record) {
        return yearSlots.get(record);
    }

    /**
     * Returns the counted figures, the stocks first. A stock knows the day on which its record begins to count; a flow
     * of the same record may know only the day on which it ends.
     */
    private static List<CountedFigure> stocksFirst(FigureCatalogue catalogue) {
        return catalogue.countedFigures().stream()
                .sorted(Comparator.comparing(figure -> !figure.isStock()))
                .toList();
    }

    private static String yearFieldOf(PeriodRule period) {
        return switch (period) {
            case PeriodRule.StockPeriodRule stock -> stock.ownStartField();
            case PeriodRule.DateFlowPeriodRule flow -> flow.dateField();
            case PeriodRule.YearFlowPeriodRule flow -> flow.yearField();
        };
    }

    public Collection<RecordLayout> all() {
        return byRecord.values();
    }

    private static void requireFields(CountedFigure figure, Map<String, RecordLayoutBuilder> builders) {
        RecordLayoutBuilder own = findOrCreateBuilder(builders, "record", figure.record());
        requireOwnFields(figure, own, builders);
        figure.joins().keySet().forEach(field -> own.requireField("join." + field, field, SlotKind.LINK));
        requireCodeFields(figure, own);
        figure.joins()
                .forEach((field, joined) ->
                        requireCodeFields(figure, findOrCreateBuilder(builders, "join." + field, joined)));
    }

    /** Requires the fields of amounts and periods. Only a stock takes dates from a joined record, where it says so. */
    private static void requireOwnFields(
            CountedFigure figure, RecordLayoutBuilder own, Map<String, RecordLayoutBuilder> builders) {
        switch (figure.measure()) {
            case Measure.SumMeasure sum ->
                sum.fields().forEach(field -> own.requireField("measure.of", field, SlotKind.NUMBER));
            case Measure.DistinctMeasure _, Measure.CountMeasure _ -> {}
        }
        figure.numbers().forEach((dimension, of) -> {
            SlotKind kind = of.size() == 1 ? SlotKind.NUMBER : SlotKind.DATE;
            of.forEach(field -> own.requireField("numbers." + dimension, field, kind));
        });
        switch (figure.period()) {
            case PeriodRule.StockPeriodRule stock -> {
                stock.starts().forEach(start -> requireBoundary("period.from", start, figure, own, builders));
                stock.ends().forEach(end -> requireBoundary("period.until", end, figure, own, builders));
            }
            case PeriodRule.YearFlowPeriodRule flow ->
                own.requireField("period.year", flow.yearField(), SlotKind.NUMBER);
            case PeriodRule.DateFlowPeriodRule flow -> own.requireField("period.date", flow.dateField(), SlotKind.DATE);
        }
    }

    private static void requireBoundary(
            String member,
            PeriodBoundary boundary,
            CountedFigure figure,
            RecordLayoutBuilder own,
            Map<String, RecordLayoutBuilder> builders) {
        String joined = figure.joins().get(boundary.link());
        RecordLayoutBuilder builder =
                joined == null ? own : findOrCreateBuilder(builders, "join." + boundary.link(), joined);
        builder.requireField(member, boundary.field(), boundary.isYear() ? SlotKind.NUMBER : SlotKind.DATE);
    }

    /** Requires the fields that are looked up in the record and then in the joined ones. */
    private static void requireCodeFields(CountedFigure figure, RecordLayoutBuilder builder) {
        figure.multiValued().ifPresent(builder::requireList);
        for (String dimension : figure.dimensions()) {
            boolean ofList = figure.multiValued()
                    .filter(each -> each.dimension().equals(dimension))
                    .isPresent();
            if (!ofList
                    && !DERIVED_DIMENSIONS.contains(dimension)
                    && !figure.numbers().containsKey(dimension)) {
                builder.requireField("dimensions", dimension, SlotKind.CODE);
            }
        }
        requireConditionFields("where", figure.includedCodes().keySet(), builder);
        requireConditionFields("except", figure.excludedCodes().keySet(), builder);
        if (figure.measure() instanceof Measure.DistinctMeasure distinct
                && !distinct.countsRecords()
                && !DERIVED_DIMENSIONS.contains(distinct.field())
                && !figure.joins().containsKey(distinct.field())) {
            builder.requireEveryValue("measure.of", distinct.field());
        }
    }

    private static void requireConditionFields(String member, Set<String> fields, RecordLayoutBuilder builder) {
        fields.stream()
                .filter(field -> !DERIVED_DIMENSIONS.contains(field))
                .forEach(field -> builder.requireField(member + "." + field, field, SlotKind.CODE));
    }

    private static RecordLayoutBuilder findOrCreateBuilder(
            Map<String, RecordLayoutBuilder> builders, String member, String record) {
        return Optional.ofNullable(builders.get(record))
                .orElseThrow(() -> new RecordLayout.UnfitFieldException(
                        member,
                        new LocalizedText(
                                "voyage.indicators.topics 中没有记录 " + record + " 的主题",
                                "record " + record + " has no topic among voyage.indicators.topics")));
    }
}
