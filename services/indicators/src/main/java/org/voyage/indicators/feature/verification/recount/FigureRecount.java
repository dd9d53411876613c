package org.voyage.indicators.feature.verification.recount;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.MultiValuedDimension;
import org.voyage.indicators.definition.PeriodBoundary;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.reference.Geography;

/**
 * Recount of one figure. It finds the cells of a fact straight from the definition, with texts for codes. It is a
 * second implementation on purpose and shares nothing with the live fold.
 */
public final class FigureRecount {

    private static final String PROVINCE_FIELD = "province";
    private static final int LAST_YEAR = 9_999;

    private final CountedFigure figure;
    private final Geography geography;
    private final List<String> columns;
    private final @Nullable String element;
    /** The dimension that takes its codes from a list, unless it is the field of the distinct count. */
    private final Optional<MultiValuedDimension> multiValued;

    private final Optional<String> country;

    FigureRecount(CountedFigure figure, Geography geography) {
        this.figure = figure;
        this.geography = geography;
        this.element = figure.measure() instanceof Measure.DistinctMeasure distinct ? distinct.field() : null;
        Set<String> names = new LinkedHashSet<>(figure.dimensions());
        names.removeAll(Geography.DERIVED_DIMENSIONS);
        if (element != null) {
            names.add(element);
        }
        this.columns = List.copyOf(names);
        this.multiValued = figure.multiValued().filter(its -> !its.dimension().equals(element));
        this.country = geography.findCountryField(columns);
    }

    /** Source of the newest states of parent records. */
    public interface JoinedStates {
        /** Returns null when the record has not arrived or is withdrawn. */
        @Nullable
        StateFields findState(String record, String key);
    }

    /** Receiver of each cell with the amount that the fact adds. */
    public interface RecountSink {
        void addCell(CellKey at, long amount);
    }

    public CountedFigure indicator() {
        return figure;
    }

    /** Returns the fields whose codes identify the cells of the figure. */
    public List<String> columns() {
        return columns;
    }

    public void countFact(String key, StateFields own, JoinedStates others, RecountSink to) {
        RecountedFact fact = joinParents(key, own, others);
        if (fact == null || !meetsConditions(fact)) {
            return;
        }
        long amount = amountOf(own);
        if (amount == 0) {
            return;
        }
        for (List<String> codes : cellCodes(fact)) {
            countingTimes(own, fact.joinedByField())
                    .forEach((time, sign) -> to.addCell(new CellKey(codes, time), sign * amount));
        }
    }

    /**
     * Returns whether a fact may count from, or until, this time. A time that depends on a joined record is possible for
     * any fact.
     */
    public boolean mayCountAt(StateFields state, int time) {
        return figure.period() instanceof PeriodRule.StockPeriodRule stock && stock.usesJoinedRecords()
                || countingTimes(state, Map.of()).containsKey(time);
    }

    /** Returns the times of a state: 1 where it begins to count, -1 where it no longer counts. */
    private Map<Integer, Integer> countingTimes(StateFields state, Map<String, StateFields> joined) {
        Map<Integer, Integer> moments = new LinkedHashMap<>();
        switch (figure.period()) {
            case PeriodRule.YearFlowPeriodRule flow -> addTime(moments, state.numberOf(flow.yearField()));
            case PeriodRule.DateFlowPeriodRule flow -> addTime(moments, state.dayOf(flow.dateField()));
            case PeriodRule.StockPeriodRule stock -> {
                List<Integer> starts = daysOf(stock.starts(), state, joined);
                List<Integer> ends = daysOf(stock.ends(), state, joined);
                Integer until = ends.isEmpty() ? null : Collections.min(ends);
                if (starts.size() == stock.starts().size() && (until == null || until > Collections.max(starts))) {
                    moments.put(Collections.max(starts), 1);
                    addTime(moments, until, -1);
                }
            }
        }
        return moments;
    }

    /** Returns the days that are known. */
    private static List<Integer> daysOf(
            List<PeriodBoundary> boundaries, StateFields state, Map<String, StateFields> joined) {
        List<Integer> days = new ArrayList<>();
        for (PeriodBoundary boundary : boundaries) {
            StateFields its = boundary.isJoined() ? joined.get(boundary.link()) : state;
            Integer day = its == null ? null : dayOf(boundary, its);
            if (day != null) {
                days.add(day);
            }
        }
        return days;
    }

    private static @Nullable Integer dayOf(PeriodBoundary boundary, StateFields fields) {
        if (boundary.isYear()) {
            Integer year = fields.numberOf(boundary.field());
            return year == null || year < 0 || year > LAST_YEAR
                    ? null
                    : (int) LocalDate.of(year + boundary.addedYears(), 1, 1).toEpochDay();
        }
        Integer day = fields.dayOf(boundary.field());
        return day == null
                ? null
                : (int) LocalDate.ofEpochDay(day)
                        .plusYears(boundary.addedYears())
                        .toEpochDay();
    }

    private static void addTime(Map<Integer, Integer> moments, @Nullable Integer moment) {
        addTime(moments, moment, 1);
    }

    private static void addTime(Map<Integer, Integer> moments, @Nullable Integer moment, int sign) {
        if (moment != null) {
            moments.put(moment, sign);
        }
    }

    /** A fact with its parent records, by the field that names them. */
    private record RecountedFact(
            String key,
            String province,
            StateFields ownState,
            Map<String, String> joinedKeys,
            Map<String, StateFields> joinedByField) {
        @Nullable
        List<String> codesOf(String field) {
            List<String> codes = ownState.codesOf(field);
            for (StateFields joined : joinedByField.values()) {
                codes = codes == null ? joined.codesOf(field) : codes;
            }
            return codes;
        }

        String singleCode(String field) {
            List<String> codes = codesOf(field);
            return codes == null || codes.isEmpty() ? StateFields.UNKNOWN_CODE : codes.getFirst();
        }
    }

    /** Returns null while a parent record is missing, or when a required parent is not named. */
    private @Nullable RecountedFact joinParents(String key, StateFields own, JoinedStates others) {
        String province = key.substring(0, key.indexOf('/'));
        Map<String, String> named = new LinkedHashMap<>();
        Map<String, StateFields> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> join : figure.joins().entrySet()) {
            String sourceId = own.textOf(join.getKey());
            if (sourceId != null) {
                String other = province + "/" + sourceId;
                StateFields fields = others.findState(join.getValue(), other);
                if (fields == null) {
                    return null;
                }
                named.put(join.getKey(), other);
                found.put(join.getKey(), fields);
            }
        }
        return named.isEmpty() && !figure.joins().isEmpty()
                ? null
                : new RecountedFact(key, province, own, named, found);
    }

    private boolean meetsConditions(RecountedFact fact) {
        return figure.includedCodes().entrySet().stream()
                        .allMatch(where -> where.getValue().contains(conditionCode(fact, where.getKey())))
                && figure.excludedCodes().entrySet().stream()
                        .noneMatch(except -> except.getValue().contains(conditionCode(fact, except.getKey())));
    }

    private String conditionCode(RecountedFact fact, String field) {
        if (field.equals(PROVINCE_FIELD)) {
            return fact.province();
        }
        return Geography.DERIVED_DIMENSIONS.contains(field)
                ? geography.regionOf(field, fact.singleCode(country.orElseThrow()))
                : fact.singleCode(field);
    }

    private long amountOf(StateFields own) {
        if (!(figure.measure() instanceof Measure.SumMeasure sum)) {
            return 1;
        }
        long product = 1;
        for (String field : sum.fields()) {
            Integer number = own.numberOf(field);
            product *= number == null ? 0 : number;
        }
        return product;
    }

    /** Returns the codes of each cell: one cell, or one for each distinct element and each code of a list. */
    private List<List<String>> cellCodes(RecountedFact fact) {
        List<List<String>> cells = new ArrayList<>();
        List<String> elements = element == null ? List.of("") : elementsOf(fact, element);
        for (String many : multiValued.map(its -> multiValuedCodes(fact, its)).orElse(List.of(""))) {
            for (String one : elements) {
                List<String> codes = new ArrayList<>();
                for (String column : columns) {
                    codes.add(column.equals(element) ? one : isMultiValued(column) ? many : columnCode(fact, column));
                }
                cells.add(List.copyOf(codes));
            }
        }
        return cells;
    }

    private boolean isMultiValued(String column) {
        return multiValued.isPresent() && multiValued.get().dimension().equals(column);
    }

    /**
     * Returns the codes of a list. A distinct count counts a fact without a code too; a sum over an empty list has no
     * cells.
     */
    private List<String> multiValuedCodes(RecountedFact fact, MultiValuedDimension its) {
        List<String> codes = fact.codesOf(RecountDefinitions.memberPath(its));
        if (codes == null || codes.isEmpty()) {
            return element == null ? List.of() : List.of(StateFields.UNKNOWN_CODE);
        }
        return codes;
    }

    private List<String> elementsOf(RecountedFact fact, String field) {
        if (field.equals(PROVINCE_FIELD)) {
            return List.of(fact.province());
        }
        if (field.equals(Measure.DistinctMeasure.RECORD_ITSELF)) {
            return List.of(fact.key());
        }
        String named = fact.joinedKeys().get(field);
        List<String> codes = named == null ? fact.codesOf(sourceField(field)) : List.of(named);
        return codes == null ? List.of() : codes;
    }

    private String sourceField(String field) {
        return figure.multiValued()
                .filter(its -> its.dimension().equals(field))
                .map(RecountDefinitions::memberPath)
                .orElse(field);
    }

    private String columnCode(RecountedFact fact, String column) {
        if (column.equals(PROVINCE_FIELD)) {
            return fact.province();
        }
        List<String> number = figure.numbers().get(column);
        if (number != null) {
            return computeNumber(fact.ownState(), number);
        }
        return figure.joins().containsKey(column)
                ? fact.joinedKeys().getOrDefault(column, StateFields.UNKNOWN_CODE)
                : fact.singleCode(column);
    }

    /** Returns the number of a field, or the days between two dates. */
    private static String computeNumber(StateFields own, List<String> of) {
        if (of.size() == 1) {
            Integer number = own.numberOf(of.getFirst());
            return number == null ? StateFields.UNKNOWN_CODE : String.valueOf(number);
        }
        Integer from = own.dayOf(of.getFirst());
        Integer until = own.dayOf(of.getLast());
        return from == null || until == null ? StateFields.UNKNOWN_CODE : String.valueOf((long) until - from);
    }
}
