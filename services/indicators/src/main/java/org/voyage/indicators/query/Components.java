package org.voyage.indicators.query;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Rule;

/** The questions that a question about a derived figure consists of. */
final class Components {

    private static final String LIST = "list";

    private Components() {}

    /** In the order in which the rule needs them; none for a figure that is counted. */
    static List<Component> of(Component component, LocalDate today) {
        return component.query().indicator() instanceof Derived derived
                ? of(derived, component.query(), component.moments(), today).stream()
                        .map(each -> each.within(component))
                        .toList()
                : List.of();
    }

    private static List<Component> of(Derived derived, FigureQuery query, List<Moment> moments, LocalDate today) {
        return switch (derived.rule()) {
            case Rule.Share share ->
                List.of(
                        same("part", looked(query, share.part()), moments),
                        same("whole", looked(query, share.whole()), moments));
            case Rule.Sum sum ->
                sum.of().stream()
                        .map(term -> same("term", query.about(term), moments))
                        .toList();
            case Rule.Change change ->
                List.of(same("now", query.about(change.of()), moments), before(query, change, moments));
            case Rule.Growth growth ->
                switch (query.period()) {
                    case Period.Years years ->
                        List.of(
                                year("last", query.about(growth.of()), years.last(), today),
                                year("first", query.about(growth.of()), years.first(), today));
                    case Period.Current _, Period.Year _, Period.Month _ ->
                        throw new IllegalArgumentException("a growth over one year");
                };
            case Rule.OfEach ofEach -> {
                List<By> by = new ArrayList<>(query.by());
                by.add(new By.Dimension(ofEach.each()));
                yield List.of(same("each", query.about(ofEach.of()).split(by), moments));
            }
        };
    }

    private static Component same(String role, FigureQuery query, List<Moment> moments) {
        return new Component(role, query, moments, true);
    }

    private static Component year(String role, FigureQuery query, int year, LocalDate today) {
        return new Component(role, query.in(new Period.Year(year)), List.of(Moment.year(year, today)), true);
    }

    /** "A year ago today" is no period that somebody can ask for. */
    private static Component before(FigureQuery query, Rule.Change change, List<Moment> moments) {
        int back = change.over();
        FigureQuery before = query.about(change.of());
        FigureQuery then = switch (query.period()) {
            case Period.Current _ -> before;
            case Period.Year year -> before.in(new Period.Year(year.year() - back));
            case Period.Month month -> before.in(new Period.Month(month.month().minusYears(back)));
            case Period.Years years -> before.in(new Period.Years(years.first() - back, years.last() - back));
        };
        List<Moment> earlier = moments.stream().map(moment -> moment.back(back)).toList();
        return new Component("before", then, earlier, isWhole(query.period(), moments));
    }

    /** Whether the period has come to its end: what it is compared with ends as early. */
    private static boolean isWhole(Period period, List<Moment> moments) {
        return switch (period) {
            case Period.Current _ -> false;
            case Period.Month _ -> moments.stream().allMatch(Moment::endsMonth);
            case Period.Year _, Period.Years _ -> moments.stream().allMatch(Moment::endsYear);
        };
    }

    private static FigureQuery looked(FigureQuery query, Rule.Operand operand) {
        Set<String> all = operand.all();
        Map<String, Set<String>> filters = new LinkedHashMap<>(query.filters());
        filters.keySet().removeAll(all);
        filters.putAll(operand.where());
        List<By> by = query.by().stream()
                .filter(each -> switch (each) {
                    case By.Year _ -> true;
                    case By.Dimension dimension -> !all.contains(dimension.name());
                    case By.Membership _ -> !all.contains(LIST);
                })
                .toList();
        List<ListMoment> lists = all.contains(LIST) ? List.of() : query.lists();
        return new FigureQuery(operand.of(), by, filters, lists, query.period());
    }

    /** The counted figures behind it and what to ask them, down to the last; a counted one itself. */
    static Stream<Component> counted(Component component, LocalDate today) {
        List<Component> components = of(component, today);
        return components.isEmpty() ? Stream.of(component) : components.stream().flatMap(each -> counted(each, today));
    }
}
