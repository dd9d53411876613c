package org.voyage.indicators.indicator;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a counted figure wants of the fields of its records, held against what these have. */
final class FieldUses {

    /** What follows from the sender and from a country. */
    private static final Set<String> GIVEN = Set.of("province", "region", "subRegion");

    private static final Set<FieldKind> TEXT = Set.of(FieldKind.TEXT);
    private static final Set<FieldKind> NUMBER = Set.of(FieldKind.NUMBER);
    private static final Set<FieldKind> DATE = Set.of(FieldKind.DATE);
    private static final Set<FieldKind> TEXT_OR_TEXTS = Set.of(FieldKind.TEXT, FieldKind.TEXTS);
    private static final Set<FieldKind> TEXTS = Set.of(FieldKind.TEXTS);
    private static final Set<FieldKind> OBJECTS = Set.of(FieldKind.OBJECTS);

    private final Indicator indicator;
    private final RecordFields fields;
    private final Fields top;

    private FieldUses(Indicator indicator, RecordFields fields, Fields top) {
        this.indicator = indicator;
        this.fields = fields;
        this.top = top;
    }

    /** @throws BadDefinition when the figure names a field or a code that its records do not have, or not so */
    static void check(Indicator indicator, Fields top) {
        RecordFields.of(indicator.records()).ifPresent(all -> new FieldUses(indicator, all, top).ofAll());
        RecordFields.of(List.of(indicator.record())).ifPresent(own -> new FieldUses(indicator, own, top).ofItself());
    }

    /** What is looked for in the record and then in the joined ones. */
    private void ofAll() {
        Set<String> named = new HashSet<>(GIVEN);
        named.addAll(indicator.numbers().keySet());
        indicator.each().ifPresent(each -> {
            named.add(each.dimension());
            ofList(each);
        });
        indicator.dimensions().stream()
                .filter(name -> !named.contains(name))
                .forEach(name -> fields.isField("dimensions", name, TEXT, top));
        if (indicator.measure() instanceof Measure.Distinct distinct
                && !distinct.ofRecord()
                && !named.contains(distinct.of())) {
            fields.isField("measure.of", distinct.of(), TEXT_OR_TEXTS, top);
        }
        conditions("where", indicator.where(), named);
        conditions("except", indicator.except(), named);
    }

    private void ofList(Each each) {
        String member = "each." + each.dimension();
        fields.isField(member, each.field(), each.member().isPresent() ? OBJECTS : TEXTS, top);
        each.member().ifPresent(of -> fields.isMember(member, each.field(), of, top));
        if (!each.dimension().equals(each.field()) && fields.has(each.dimension())) {
            throw top.bad(
                    member, " is a field of the record itself: name the dimension otherwise", " 是记录自身的字段，请为维度另取名称");
        }
    }

    private void conditions(String member, Map<String, Set<String>> conditions, Set<String> named) {
        conditions.forEach((field, values) -> {
            if (!named.contains(field)) {
                fields.isField(member + "." + field, field, TEXT, top);
                fields.areCodes(member + "." + field, field, values, top);
            }
        });
    }

    /** When and how much, and to which records it belongs: that it says itself. */
    private void ofItself() {
        if (indicator.measure() instanceof Measure.Sum sum) {
            areFields("measure.of", sum.of(), NUMBER);
        }
        indicator
                .numbers()
                .forEach((dimension, of) -> areFields("numbers." + dimension, of, of.size() == 1 ? NUMBER : DATE));
        indicator.join().keySet().forEach(field -> fields.isField("join." + field, field, TEXT, top));
        switch (indicator.period()) {
            case PeriodRule.Stock stock -> {
                fields.isField("period.from", stock.from(), DATE, top);
                areFields("period.until", stock.until(), DATE);
            }
            case PeriodRule.FlowOfYear flow -> fields.isField("period.year", flow.year(), NUMBER, top);
            case PeriodRule.FlowOnDate flow -> fields.isField("period.on", flow.on(), DATE, top);
        }
    }

    private void areFields(String member, Collection<String> names, Set<FieldKind> wanted) {
        names.forEach(name -> fields.isField(member, name, wanted, top));
    }
}
