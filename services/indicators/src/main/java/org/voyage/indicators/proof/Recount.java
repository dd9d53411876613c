package org.voyage.indicators.proof;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.reference.Geography;

/**
 * One figure, counted plainly: which cells a fact stands in, straight from the definition and with texts for codes. It is a
 * second implementation on purpose and shares nothing with the fold that keeps the figures live.
 */
final class Recount {

    private static final String PROVINCE = "province";

    private final Indicator indicator;
    private final Geography geography;
    private final List<String> columns;
    private final @Nullable String element;
    private final Optional<String> country;

    Recount(Indicator indicator, Geography geography) {
        this.indicator = indicator;
        this.geography = geography;
        this.element = indicator.measure() instanceof Measure.Distinct distinct ? distinct.of() : null;
        Set<String> names = new LinkedHashSet<>(indicator.dimensions());
        names.removeAll(Geography.DERIVED);
        if (element != null) {
            names.add(element);
        }
        this.columns = List.copyOf(names);
        this.country = geography.countryField(columns);
    }

    /** The newest states of the records that others belong to. */
    interface Others {
        /** Null when it has not arrived or is withdrawn. */
        @Nullable
        Fields find(String record, String key);
    }

    /** Is handed each cell and what the fact adds to it. */
    interface Sink {
        void add(At at, long amount);
    }

    Indicator indicator() {
        return indicator;
    }

    /** The fields whose codes tell the cells of the figure apart. */
    List<String> columns() {
        return columns;
    }

    void count(String key, Fields own, Others others, Sink to) {
        Fact fact = fact(key, own, others);
        if (fact == null || !counts(fact)) {
            return;
        }
        long amount = amount(own);
        if (amount == 0) {
            return;
        }
        for (List<String> codes : codes(fact)) {
            moments(own).forEach((time, sign) -> to.add(new At(codes, time), sign * amount));
        }
    }

    /** When a state counts: from a moment on, and with -1 from another on no more. */
    Map<Integer, Integer> moments(Fields state) {
        Map<Integer, Integer> moments = new LinkedHashMap<>();
        switch (indicator.period()) {
            case PeriodRule.FlowOfYear flow -> once(moments, state.number(flow.year()));
            case PeriodRule.FlowOnDate flow -> once(moments, state.day(flow.on()));
            case PeriodRule.Stock stock -> {
                Integer from = state.day(stock.from());
                Integer until = null;
                for (String field : stock.until()) {
                    Integer day = state.day(field);
                    until = day == null || until != null && until < day ? until : day;
                }
                if (from != null && (until == null || until > from)) {
                    moments.put(from, 1);
                    once(moments, until, -1);
                }
            }
        }
        return moments;
    }

    private static void once(Map<Integer, Integer> moments, @Nullable Integer moment) {
        once(moments, moment, 1);
    }

    private static void once(Map<Integer, Integer> moments, @Nullable Integer moment, int sign) {
        if (moment != null) {
            moments.put(moment, sign);
        }
    }

    /** A fact with the records that it names, by the field that names them. */
    private record Fact(String province, Fields own, Map<String, String> named, List<Fields> others) {
        @Nullable
        List<String> codes(String field) {
            List<String> codes = own.codes(field);
            for (int i = 0; codes == null && i < others.size(); i++) {
                codes = others.get(i).codes(field);
            }
            return codes;
        }

        String code(String field) {
            List<String> codes = codes(field);
            return codes == null || codes.isEmpty() ? Fields.UNKNOWN : codes.getFirst();
        }
    }

    /** Null while a record that it names is not there, or when it should name one and names none. */
    private @Nullable Fact fact(String key, Fields own, Others others) {
        String province = key.substring(0, key.indexOf('/'));
        Map<String, String> named = new LinkedHashMap<>();
        List<Fields> found = new ArrayList<>();
        for (Map.Entry<String, String> join : indicator.join().entrySet()) {
            String sourceId = own.text(join.getKey());
            if (sourceId != null) {
                String other = province + "/" + sourceId;
                Fields fields = others.find(join.getValue(), other);
                if (fields == null) {
                    return null;
                }
                named.put(join.getKey(), other);
                found.add(fields);
            }
        }
        return named.isEmpty() && !indicator.join().isEmpty() ? null : new Fact(province, own, named, found);
    }

    private boolean counts(Fact fact) {
        return indicator.where().entrySet().stream()
                        .allMatch(where -> where.getValue().contains(condition(fact, where.getKey())))
                && indicator.except().entrySet().stream()
                        .noneMatch(except -> except.getValue().contains(condition(fact, except.getKey())));
    }

    private String condition(Fact fact, String field) {
        if (field.equals(PROVINCE)) {
            return fact.province();
        }
        return Geography.DERIVED.contains(field)
                ? geography.of(field, fact.code(country.orElseThrow()))
                : fact.code(field);
    }

    private long amount(Fields own) {
        if (!(indicator.measure() instanceof Measure.Sum sum)) {
            return 1;
        }
        long product = 1;
        for (String field : sum.of()) {
            Integer number = own.number(field);
            product *= number == null ? 0 : number;
        }
        return product;
    }

    /** The codes of each cell: one, or one for each element of a distinct count. */
    private List<List<String>> codes(Fact fact) {
        List<List<String>> cells = new ArrayList<>();
        List<String> elements = element == null ? List.of("") : elements(fact, element);
        for (String each : elements) {
            List<String> codes = new ArrayList<>();
            for (String column : columns) {
                codes.add(column.equals(element) ? each : column(fact, column));
            }
            cells.add(List.copyOf(codes));
        }
        return cells;
    }

    private static List<String> elements(Fact fact, String field) {
        if (field.equals(PROVINCE)) {
            return List.of(fact.province());
        }
        String named = fact.named().get(field);
        List<String> codes = named == null ? fact.codes(field) : List.of(named);
        return codes == null ? List.of() : codes;
    }

    private String column(Fact fact, String column) {
        if (column.equals(PROVINCE)) {
            return fact.province();
        }
        return indicator.join().containsKey(column)
                ? fact.named().getOrDefault(column, Fields.UNKNOWN)
                : fact.code(column);
    }
}
