package org.voyage.indicators.intake;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
                        indicator.code() + ".yaml", e.reason().en(), e.reason().zh());
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
        Builder own = builder(builders, indicator.record());
        own(indicator, own);
        indicator.join().keySet().forEach(field -> own.need(field, Kind.LINK, false));
        codes(indicator, own);
        for (String joined : indicator.join().values()) {
            codes(indicator, builder(builders, joined));
        }
    }

    /** What only the record itself is asked for: when and how much. */
    private static void own(Indicator indicator, Builder own) {
        switch (indicator.measure()) {
            case Measure.Sum sum -> sum.of().forEach(field -> own.need(field, Kind.NUMBER, false));
            case Measure.Distinct _, Measure.Count _ -> {}
        }
        for (List<String> of : indicator.numbers().values()) {
            of.forEach(field -> own.need(field, of.size() == 1 ? Kind.NUMBER : Kind.DATE, false));
        }
        switch (indicator.period()) {
            case PeriodRule.Stock stock -> {
                own.need(stock.from(), Kind.DATE, false);
                stock.until().forEach(field -> own.need(field, Kind.DATE, false));
            }
            case PeriodRule.FlowOfYear flow -> own.need(flow.year(), Kind.NUMBER, false);
            case PeriodRule.FlowOnDate flow -> own.need(flow.on(), Kind.DATE, false);
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
                builder.need(dimension, Kind.CODE, false);
            }
        }
        for (Set<String> fields :
                List.of(indicator.where().keySet(), indicator.except().keySet())) {
            for (String field : fields) {
                if (!NOT_IN_RECORDS.contains(field)) {
                    builder.need(field, Kind.CODE, false);
                }
            }
        }
        if (indicator.measure() instanceof Measure.Distinct distinct
                && !distinct.ofRecord()
                && !NOT_IN_RECORDS.contains(distinct.of())
                && !indicator.join().containsKey(distinct.of())) {
            builder.need(distinct.of(), Kind.CODE, true);
        }
    }

    private static Builder builder(Map<String, Builder> builders, String record) {
        return Optional.ofNullable(builders.get(record))
                .orElseThrow(() -> new RecordLayout.Unfit(new Text(
                        "voyage.indicators.topics 中没有记录 " + record + " 的主题",
                        "record " + record + " has no topic among voyage.indicators.topics")));
    }
}
