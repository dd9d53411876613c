package org.voyage.indicators.definition;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Validator of the fields that a counted figure uses, against the event schemas of its records. */
final class FieldUsageValidator {

    /** Dimensions that follow from the sender and from a country. */
    private static final Set<String> GIVEN_DIMENSIONS = Set.of("province", "region", "subRegion");

    private static final Set<FieldKind> TEXT_ONLY = Set.of(FieldKind.TEXT);
    private static final Set<FieldKind> NUMBER_ONLY = Set.of(FieldKind.NUMBER);
    private static final Set<FieldKind> DATE_ONLY = Set.of(FieldKind.DATE);
    private static final Set<FieldKind> TEXT_OR_TEXTS = Set.of(FieldKind.TEXT, FieldKind.TEXTS);
    private static final Set<FieldKind> TEXTS_ONLY = Set.of(FieldKind.TEXTS);
    private static final Set<FieldKind> OBJECTS_ONLY = Set.of(FieldKind.OBJECTS);

    private final CountedFigure figure;
    private final RecordFields fields;
    private final YamlObjectReader root;

    private FieldUsageValidator(CountedFigure figure, RecordFields fields, YamlObjectReader top) {
        this.figure = figure;
        this.fields = fields;
        this.root = top;
    }

    /**
     * @throws InvalidDefinitionException when the figure names an unknown field or code, or a field of the wrong kind
     */
    static void validate(CountedFigure figure, YamlObjectReader top) {
        RecordFields.of(figure.records()).ifPresent(all -> new FieldUsageValidator(figure, all, top).validateShared());
        RecordFields.of(List.of(figure.record()))
                .ifPresent(own -> new FieldUsageValidator(figure, own, top).validateOwn());
    }

    /** Validates the fields that are looked up in the record and then in the joined ones. */
    private void validateShared() {
        Set<String> named = new HashSet<>(GIVEN_DIMENSIONS);
        named.addAll(figure.numbers().keySet());
        figure.multiValued().ifPresent(each -> {
            named.add(each.dimension());
            validateList(each);
        });
        figure.dimensions().stream()
                .filter(name -> !named.contains(name))
                .forEach(name -> fields.requireField("dimensions", name, TEXT_ONLY, root));
        if (figure.measure() instanceof Measure.DistinctMeasure distinct
                && !distinct.countsRecords()
                && !named.contains(distinct.field())) {
            fields.requireField("measure.of", distinct.field(), TEXT_OR_TEXTS, root);
        }
        validateConditions("where", figure.includedCodes(), named);
        validateConditions("except", figure.excludedCodes(), named);
    }

    private void validateList(MultiValuedDimension each) {
        String member = "each." + each.dimension();
        fields.requireField(member, each.field(), each.member().isPresent() ? OBJECTS_ONLY : TEXTS_ONLY, root);
        each.member().ifPresent(of -> fields.requireMember(member, each.field(), of, root));
        if (!each.dimension().equals(each.field()) && fields.hasField(each.dimension())) {
            throw root.invalid(
                    member, " is a field of the record itself: name the dimension otherwise", " 是记录自身的字段，请为维度另取名称");
        }
    }

    private void validateConditions(String member, Map<String, Set<String>> conditions, Set<String> named) {
        conditions.forEach((field, values) -> {
            if (!named.contains(field)) {
                fields.requireField(member + "." + field, field, TEXT_ONLY, root);
                fields.requireKnownCodes(member + "." + field, field, values, root);
            }
        });
    }

    /** Validates the fields that only the record itself provides: period, amounts and links. */
    private void validateOwn() {
        if (figure.measure() instanceof Measure.SumMeasure sum) {
            requireFields("measure.of", sum.fields(), NUMBER_ONLY);
        }
        figure.numbers()
                .forEach((dimension, of) ->
                        requireFields("numbers." + dimension, of, of.size() == 1 ? NUMBER_ONLY : DATE_ONLY));
        figure.joins().keySet().forEach(field -> fields.requireField("join." + field, field, TEXT_ONLY, root));
        switch (figure.period()) {
            case PeriodRule.StockPeriodRule stock -> {
                stock.starts().forEach(start -> requireBoundary("period.from", start));
                stock.ends().forEach(end -> requireBoundary("period.until", end));
            }
            case PeriodRule.YearFlowPeriodRule flow ->
                fields.requireField("period.year", flow.yearField(), NUMBER_ONLY, root);
            case PeriodRule.DateFlowPeriodRule flow ->
                fields.requireField("period." + dateMember(), flow.dateField(), DATE_ONLY, root);
        }
    }

    private void requireBoundary(String member, PeriodBoundary boundary) {
        Set<FieldKind> wanted = boundary.isYear() ? NUMBER_ONLY : DATE_ONLY;
        if (!boundary.isJoined()) {
            fields.requireField(member, boundary.field(), wanted, root);
            return;
        }
        String joined = figure.joins().get(boundary.link());
        if (joined == null) {
            throw root.invalid(
                    member,
                    " names \"" + boundary.link() + "\", which joins no record",
                    " 列出了“" + boundary.link() + "”，它未在 join 中关联记录");
        }
        RecordFields.of(List.of(joined)).ifPresent(its -> its.requireField(member, boundary.field(), wanted, root));
    }

    /** Returns the name under which this definition gives the date of a flow. */
    private String dateMember() {
        return root.requireObject("period").hasMember(CountedFigureParser.OLD_DATE_MEMBER)
                ? CountedFigureParser.OLD_DATE_MEMBER
                : "date";
    }

    private void requireFields(String member, Collection<String> names, Set<FieldKind> wanted) {
        names.forEach(name -> fields.requireField(member, name, wanted, root));
    }
}
