package org.voyage.indicators.intake;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.intake.RecordLayout.Builder;
import org.voyage.indicators.intake.Slot.Kind;
import org.voyage.indicators.reference.Geography;

/** Which fields of which record types the figures need, worked out once from their definitions. */
public final class Layouts {

    private static final Set<String> NOT_IN_RECORDS = Set.of("province", Geography.REGION, Geography.SUB_REGION);

    private final Map<String, RecordLayout> byRecord = new LinkedHashMap<>();
    private final Map<String, Slot> years = new LinkedHashMap<>();

    /**
     * @param records record types that are read even if no figure counts them
     * @throws BadDefinition when two figures read one field as different kinds
     */
    public Layouts(Catalogue catalogue, Collection<String> records) {
        this(catalogue, records, Map.of());
    }

    /** Records are about the same years as by the others, unless a figure here reads that field as another kind. */
    public Layouts(Catalogue catalogue, Collection<String> records, Layouts others) {
        this(catalogue, records, others.years);
    }

    private Layouts(Catalogue catalogue, Collection<String> records, Map<String, Slot> theirs) {
        Map<String, Builder> builders = new LinkedHashMap<>();
        records.forEach(record -> builders.put(record, new Builder(record)));
        for (Indicator indicator : catalogue.all()) {
            try {
                need(indicator, builders);
            } catch (RecordLayout.Unfit e) {
                throw new BadDefinition(
                        indicator, e.member(), e.reason().en(), e.reason().zh());
            }
        }
        theirs.forEach((record, slot) -> {
            Builder builder = builders.get(record);
            if (builder != null) {
                builder.needIfFree(slot.field(), slot.kind());
            }
        });
        builders.forEach((record, builder) -> byRecord.put(record, builder.build()));
        byRecord.forEach((record, layout) -> {
            Slot wanted = theirs.get(record);
            Slot slot = wanted == null ? null : layout.slot(wanted.field());
            if (slot != null && wanted != null && slot.kind() == wanted.kind()) {
                years.put(record, slot);
            }
        });
        for (Indicator indicator : catalogue.all()) {
            Slot slot = Objects.requireNonNull(byRecord.get(indicator.record())).slot(year(indicator.period()));
            if (slot != null) {
                years.putIfAbsent(indicator.record(), slot);
            }
        }
    }

    public @Nullable RecordLayout of(String record) {
        return byRecord.get(record);
    }

    /** Where the year or the first day of a record stands: what it is about. Null when no figure counts it. */
    public @Nullable Slot year(String record) {
        return years.get(record);
    }

    private static String year(PeriodRule period) {
        return switch (period) {
            case PeriodRule.Stock stock -> stock.from();
            case PeriodRule.FlowOnDate flow -> flow.on();
            case PeriodRule.FlowOfYear flow -> flow.year();
        };
    }

    public Collection<RecordLayout> all() {
        return byRecord.values();
    }

    private static void need(Indicator indicator, Map<String, Builder> builders) {
        Builder own = builder(builders, "record", indicator.record());
        own(indicator, own);
        indicator.join().keySet().forEach(field -> own.need("join." + field, field, Kind.LINK));
        codes(indicator, own);
        indicator.join().forEach((field, joined) -> codes(indicator, builder(builders, "join." + field, joined)));
    }

    /** What only the record itself is asked for: when and how much. */
    private static void own(Indicator indicator, Builder own) {
        switch (indicator.measure()) {
            case Measure.Sum sum -> sum.of().forEach(field -> own.need("measure.of", field, Kind.NUMBER));
            case Measure.Distinct _, Measure.Count _ -> {}
        }
        indicator.numbers().forEach((dimension, of) -> {
            Kind kind = of.size() == 1 ? Kind.NUMBER : Kind.DATE;
            of.forEach(field -> own.need("numbers." + dimension, field, kind));
        });
        switch (indicator.period()) {
            case PeriodRule.Stock stock -> {
                own.need("period.from", stock.from(), Kind.DATE);
                stock.until().forEach(field -> own.need("period.until", field, Kind.DATE));
            }
            case PeriodRule.FlowOfYear flow -> own.need("period.year", flow.year(), Kind.NUMBER);
            case PeriodRule.FlowOnDate flow -> own.need("period.on", flow.on(), Kind.DATE);
        }
    }

    /** What the record is asked for first and the joined ones after it. */
    private static void codes(Indicator indicator, Builder builder) {
        indicator.each().ifPresent(builder::need);
        for (String dimension : indicator.dimensions()) {
            boolean ofList = indicator
                    .each()
                    .filter(each -> each.dimension().equals(dimension))
                    .isPresent();
            if (!ofList
                    && !NOT_IN_RECORDS.contains(dimension)
                    && !indicator.numbers().containsKey(dimension)) {
                builder.need("dimensions", dimension, Kind.CODE);
            }
        }
        conditions("where", indicator.where().keySet(), builder);
        conditions("except", indicator.except().keySet(), builder);
        if (indicator.measure() instanceof Measure.Distinct distinct
                && !distinct.ofRecord()
                && !NOT_IN_RECORDS.contains(distinct.of())
                && !indicator.join().containsKey(distinct.of())) {
            builder.needAll("measure.of", distinct.of());
        }
    }

    private static void conditions(String member, Set<String> fields, Builder builder) {
        fields.stream()
                .filter(field -> !NOT_IN_RECORDS.contains(field))
                .forEach(field -> builder.need(member + "." + field, field, Kind.CODE));
    }

    private static Builder builder(Map<String, Builder> builders, String member, String record) {
        return Optional.ofNullable(builders.get(record))
                .orElseThrow(() -> new RecordLayout.Unfit(
                        member,
                        new Text(
                                "voyage.indicators.topics 中没有记录 " + record + " 的主题",
                                "record " + record + " has no topic among voyage.indicators.topics")));
    }
}
