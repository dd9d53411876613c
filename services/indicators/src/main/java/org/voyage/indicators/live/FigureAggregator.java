package org.voyage.indicators.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.InvalidDefinitionException;
import org.voyage.indicators.definition.Measure;
import org.voyage.indicators.definition.MultiValuedDimension;
import org.voyage.indicators.definition.PeriodBoundary;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.DictionaryRegistry;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.FieldSlot;
import org.voyage.indicators.fact.RecordLayout;
import org.voyage.indicators.fact.RecordLayoutRegistry;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MembershipList;

/**
 * Aggregator of one figure: it decides the cells to which a fact adds. The result is a pure function of the fact and
 * its joined facts, so that the removal of an earlier contribution is exact.
 */
public final class FigureAggregator {

    private static final String PROVINCE_FIELD = "province";
    private static final Set<String> DERIVED_DIMENSIONS = Geography.DERIVED_DIMENSIONS;
    private static final int[] NO_CODE = {CodeDictionary.ABSENT_CODE};

    private final CountedFigure figure;
    private final List<String> columns;
    private final List<JoinTarget> joins = new ArrayList<>();
    private final List<Predicate<Fact>> conditions = new ArrayList<>();
    /** Resolvers of the fields that a joined record may provide, by field. */
    private final Map<String, DimensionCodeResolver> codes = new TreeMap<>();

    private final @Nullable CodeResolver[] sources;
    private final @Nullable DimensionCodeResolver elements;
    private final @Nullable DimensionCodeResolver multiValued;
    private final ToLongFunction<FactState> amount;
    private final TimeExtractor time;
    private final int element;
    private final int multiValuedColumn;
    private final int country;
    private final Cube cube;
    private final int[] coordinates;
    private final CellSink cubeSink;
    /** Whether facts are stored for the figure and not counted yet. */
    private boolean heldBack;

    private interface TimeExtractor {
        /** Passes on each time and the sign of the change at that time. */
        void emitChanges(Fact fact, TimeChangeSink change);
    }

    /**
     * Sink for the contribution of a fact: a cell, whose coordinates are valid during the call only, and an amount.
     */
    interface CellSink {
        void addCell(int[] at, long amount);
    }

    private interface TimeChangeSink {
        void acceptChange(int moment, int sign);
    }

    /** @param cells factory of the initial cells, by number of coordinates */
    FigureAggregator(
            CountedFigure figure,
            RecordLayoutRegistry layouts,
            DictionaryRegistry dictionaries,
            Geography geography,
            IntFunction<Cube> cells) {
        this.figure = figure;
        RecordLayout own = requireLayout(layouts, figure.record());
        for (Map.Entry<String, String> join : figure.joins().entrySet()) {
            joins.add(new JoinTarget(slotIndex(own, join.getKey()), requireLayout(layouts, join.getValue())));
        }
        this.columns = columnsOf(figure);
        this.element =
                figure.measure() instanceof Measure.DistinctMeasure distinct ? columns.indexOf(distinct.field()) : -1;
        this.multiValuedColumn = figure.multiValued()
                .map(MultiValuedDimension::dimension)
                .map(columns::indexOf)
                .orElse(-1);
        this.elements = element < 0 ? null : createCodeResolver(columns.get(element), own, dictionaries);
        this.multiValued = multiValuedColumn < 0 || multiValuedColumn == element
                ? null
                : createCodeResolver(columns.get(multiValuedColumn), own, dictionaries);
        this.sources = new @Nullable CodeResolver[columns.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] =
                    i == element || i == multiValuedColumn ? null : createResolver(columns.get(i), own, dictionaries);
        }
        this.country = geography.findCountryField(columns).map(columns::indexOf).orElse(-1);
        requireCountryForLists(geography);
        requireCountryForConditions("where", figure.includedCodes().keySet());
        requireCountryForConditions("except", figure.excludedCodes().keySet());
        Stream.of(
                        columns,
                        figure.includedCodes().keySet(),
                        figure.excludedCodes().keySet())
                .flatMap(Collection::stream)
                .filter(field -> !DERIVED_DIMENSIONS.contains(field))
                .forEach(field -> codes.put(field, new DimensionCodeResolver(field, own, joins)));
        figure.includedCodes()
                .forEach((field, values) ->
                        conditions.add(createCondition(field, values, own, geography, dictionaries)));
        figure.excludedCodes().forEach((field, values) -> {
            Predicate<Fact> among = createCondition(field, values, own, geography, dictionaries);
            conditions.add(among.negate());
        });
        this.amount = createAmount(figure.measure(), own);
        this.time = createTime(figure, own, layouts);
        this.coordinates = newCoordinates();
        this.cube = cells.apply(coordinates.length);
        this.cubeSink = cube::addToCell;
    }

    public CountedFigure indicator() {
        return figure;
    }

    public Cube cube() {
        return cube;
    }

    /** Returns the coordinate of a field, or -1. */
    public int columnOf(String field) {
        return columns.indexOf(field);
    }

    /** Returns the field of a coordinate. */
    public String fieldOf(int column) {
        return columns.get(column);
    }

    /** Returns the coordinate that is counted once per value, or -1 when amounts are added. */
    public int element() {
        return element;
    }

    /** Returns the coordinate that holds a country, which decides region and lists, or -1. */
    public int country() {
        return country;
    }

    /** Returns whether the figure does not count its stored facts yet. */
    boolean isHeldBack() {
        return heldBack;
    }

    /** Defers counting until {@link #countAll}; no fact may have been counted yet. */
    void deferCounting() {
        heldBack = true;
    }

    /** Counts all facts of its record, if counting was deferred. */
    void countAll(Collection<Fact> facts) {
        if (heldBack) {
            if (cube.changeCount() > 0) {
                throw new IllegalStateException(figure.code() + " was counted in part when something went wrong");
            }
            facts.forEach(fact -> forEachCell(fact, 1, coordinates, cubeSink));
            heldBack = false;
        }
    }

    /** Adds (or, with sign -1, removes) the current contribution of the fact, unless counting is deferred. */
    void countFact(Fact fact, int sign, @Nullable CellChangeSink touched) {
        if (heldBack) {
            return;
        }
        forEachCell(
                fact,
                sign,
                coordinates,
                touched == null
                        ? cubeSink
                        : (cell, amount) -> {
                            cube.addToCell(cell, amount);
                            touched.reportCell(this, cell, amount);
                        });
    }

    /** Returns a new array for the coordinates of one cell. */
    public int[] newCoordinates() {
        return new int[columns.size() + 1];
    }

    /** Passes on the current contribution of the fact (with sign -1, its removal). */
    void forEachCell(Fact fact, int sign, int[] at, CellSink sink) {
        FactState state = fact.state;
        if (state == null || isIncomplete(fact) || !meetsConditions(fact)) {
            return;
        }
        long amounts = amount.applyAsLong(state) * sign;
        if (amounts == 0) {
            return;
        }
        for (int i = 0; i < sources.length; i++) {
            CodeResolver source = sources[i];
            at[i] = source == null ? 0 : source.resolveCode(fact);
        }
        if (multiValued == null) {
            emitElements(fact, amounts, at, sink);
            return;
        }
        int[] codes = multiValued.distinctCodes(fact);
        // A distinct count includes facts without a code; otherwise an empty list contributes nothing.
        for (int code : codes.length == 0 && elements != null ? NO_CODE : codes) {
            at[multiValuedColumn] = code;
            emitElements(fact, amounts, at, sink);
        }
    }

    private void emitElements(Fact fact, long amounts, int[] at, CellSink sink) {
        if (elements == null) {
            emitTimes(fact, amounts, at, sink);
            return;
        }
        for (int code : elements.distinctCodes(fact)) {
            at[element] = code;
            emitTimes(fact, amounts, at, sink);
        }
    }

    private void emitTimes(Fact fact, long each, int[] at, CellSink sink) {
        time.emitChanges(fact, (moment, sign) -> {
            at[at.length - 1] = moment;
            sink.addCell(at, sign * each);
        });
    }

    /** Returns the records that a fact belongs to. */
    List<JoinedRecord> joinedRecords(Fact fact, DictionaryRegistry dictionaries) {
        List<JoinedRecord> joined = new ArrayList<>();
        for (JoinTarget join : joins) {
            Fact to = fact.joined[join.link()];
            if (to != null) {
                Map<String, List<String>> given = new TreeMap<>();
                codes.forEach((field, source) -> {
                    if (source.isFromLink(join.link(), fact)) {
                        CodeDictionary texts = dictionaries.dictionaryOf(field);
                        given.put(
                                field,
                                Arrays.stream(source.distinctCodes(fact))
                                        .mapToObj(texts::textOf)
                                        .toList());
                    }
                });
                joined.add(new JoinedRecord(join.layout().record(), to.key, to.version, given));
            }
        }
        joined.sort(Comparator.comparing(JoinedRecord::record));
        return joined;
    }

    /**
     * Returns whether a fact waits for a record. A fact may belong to one of several (a headcount to an institution or
     * to a programme).
     */
    private boolean isIncomplete(Fact fact) {
        boolean belongs = joins.isEmpty();
        for (JoinTarget join : joins) {
            Fact joined = fact.joined[join.link()];
            if (joined != null && joined.state == null) {
                return true;
            }
            belongs |= joined != null;
        }
        return !belongs;
    }

    private boolean meetsConditions(Fact fact) {
        for (Predicate<Fact> condition : conditions) {
            if (!condition.test(fact)) {
                return false;
            }
        }
        return true;
    }

    private Predicate<Fact> createCondition(
            String field, Set<String> values, RecordLayout own, Geography geography, DictionaryRegistry dictionaries) {
        if (field.equals(PROVINCE_FIELD)) {
            CodeDictionary provinces = dictionaries.dictionaryOf(PROVINCE_FIELD);
            return fact -> values.contains(provinces.textOf(fact.province));
        }
        if (DERIVED_DIMENSIONS.contains(field)) {
            DimensionCodeResolver source = new DimensionCodeResolver(columns.get(country), own, joins);
            CodeDictionary countries = dictionaries.dictionaryOf(columns.get(country));
            return fact -> values.contains(geography.regionOf(field, countries.textOf(source.resolveCode(fact))));
        }
        DimensionCodeResolver source = new DimensionCodeResolver(field, own, joins);
        CodeDictionary codes = dictionaries.dictionaryOf(field);
        Set<Integer> allowed = values.stream().map(codes::numberOf).collect(Collectors.toUnmodifiableSet());
        return fact -> allowed.contains(source.resolveCode(fact));
    }

    private void requireCountryForConditions(String member, Set<String> fields) {
        fields.stream()
                .filter(DERIVED_DIMENSIONS::contains)
                .forEach(field -> requireCountryFor(member + "." + field, field));
    }

    private void requireCountryFor(String path, String field) {
        if (country < 0) {
            throw invalid(
                    path,
                    "a condition on " + field + " needs a dimension with a country",
                    "对 " + field + " 设条件，需要一个国家维度");
        }
        if (country == multiValuedColumn) {
            throw invalid(
                    path,
                    "a condition on " + field + " needs a record of one country, and this has one of each element",
                    "对 " + field + " 设条件，要求每条记录只有一个国家，而此处每个元素各有一个国家");
        }
    }

    private void requireCountryForLists(Geography geography) {
        if (figure.dimensions().stream().anyMatch(DERIVED_DIMENSIONS::contains)) {
            requireCountry("dimensions");
        }
        for (String list : figure.lists()) {
            if (geography.isCountryList(list)) {
                requireCountry("lists");
            } else if (!figure.dimensions().contains(MembershipList.COLLEGE_DIMENSION)) {
                throw invalid(
                        "lists", "the list " + list + " needs the dimension college", "名单 " + list + " 需要 college 维度");
            }
        }
    }

    private void requireCountry(String path) {
        if (country < 0) {
            throw invalid(
                    path,
                    "lists, region and subRegion need a dimension with a country",
                    "名单、region 和 subRegion 需要一个国家维度");
        }
    }

    private CodeResolver createResolver(String dimension, RecordLayout own, DictionaryRegistry dictionaries) {
        if (dimension.equals(PROVINCE_FIELD)) {
            return fact -> fact.province;
        }
        List<String> number = figure.numbers().get(dimension);
        if (number == null) {
            return createCodeResolver(dimension, own, dictionaries);
        }
        CodeDictionary codes = dictionaries.dictionaryOf(dimension);
        return number.size() == 1
                ? NumberCodeResolver.ofField(slotIndex(own, number.getFirst()), codes)
                : NumberCodeResolver.ofDaysBetween(
                        slotIndex(own, number.getFirst()), slotIndex(own, number.getLast()), codes);
    }

    private DimensionCodeResolver createCodeResolver(String field, RecordLayout own, DictionaryRegistry dictionaries) {
        if (figure.measure() instanceof Measure.DistinctMeasure distinct
                && distinct.countsRecords()
                && distinct.field().equals(field)) {
            return DimensionCodeResolver.ofItself(dictionaries.dictionaryOf(field));
        }
        return figure.joins().containsKey(field)
                ? DimensionCodeResolver.ofJoined(slotIndex(own, field), dictionaries.dictionaryOf(field))
                : new DimensionCodeResolver(field, own, joins);
    }

    private static List<String> columnsOf(CountedFigure figure) {
        List<String> columns = new ArrayList<>(figure.dimensions());
        columns.removeAll(DERIVED_DIMENSIONS);
        if (figure.measure() instanceof Measure.DistinctMeasure distinct && !columns.contains(distinct.field())) {
            columns.add(distinct.field());
        }
        return List.copyOf(columns);
    }

    private static ToLongFunction<FactState> createAmount(Measure measure, RecordLayout own) {
        if (!(measure instanceof Measure.SumMeasure sum)) {
            return state -> 1;
        }
        int[] slots =
                sum.fields().stream().mapToInt(field -> slotIndex(own, field)).toArray();
        return state -> {
            long product = 1;
            for (int slot : slots) {
                int value = state.values()[slot];
                product = value == FactState.NO_VALUE ? 0 : product * value;
            }
            return product;
        };
    }

    private static TimeExtractor createTime(CountedFigure figure, RecordLayout own, RecordLayoutRegistry layouts) {
        return switch (figure.period()) {
            case PeriodRule.StockPeriodRule stock -> {
                StockPeriodResolver days = new StockPeriodResolver(
                        createDays(stock.starts(), figure, own, layouts),
                        createDays(stock.ends(), figure, own, layouts));
                yield (fact, change) -> {
                    int begin = days.firstDay(fact);
                    int end = days.endDay(fact);
                    if (begin == FactState.NO_VALUE || end <= begin) {
                        return;
                    }
                    change.acceptChange(begin, 1);
                    if (end != StockPeriodResolver.NO_END) {
                        change.acceptChange(end, -1);
                    }
                };
            }
            case PeriodRule.YearFlowPeriodRule flow -> timeOfSlot(slotIndex(own, flow.yearField()));
            case PeriodRule.DateFlowPeriodRule flow -> timeOfSlot(slotIndex(own, flow.dateField()));
        };
    }

    private static List<StockPeriodResolver.DaySource> createDays(
            List<PeriodBoundary> boundaries, CountedFigure figure, RecordLayout own, RecordLayoutRegistry layouts) {
        List<StockPeriodResolver.DaySource> days = new ArrayList<>();
        for (PeriodBoundary boundary : boundaries) {
            String joined = figure.joins().get(boundary.link());
            RecordLayout layout = joined == null ? own : requireLayout(layouts, joined);
            days.add(new StockPeriodResolver.DaySource(
                    joined == null ? StockPeriodResolver.OWN_RECORD : slotIndex(own, boundary.link()),
                    slotIndex(layout, boundary.field()),
                    boundary.isYear(),
                    boundary.addedYears()));
        }
        return days;
    }

    private static TimeExtractor timeOfSlot(int slot) {
        return (fact, change) -> {
            FactState state = fact.state;
            if (state != null && state.values()[slot] != FactState.NO_VALUE) {
                change.acceptChange(state.values()[slot], 1);
            }
        };
    }

    private static int slotIndex(RecordLayout layout, String field) {
        FieldSlot slot = layout.findSlot(field);
        if (slot == null) {
            throw new IllegalStateException(layout.record() + " has no " + field);
        }
        return slot.index();
    }

    private static RecordLayout requireLayout(RecordLayoutRegistry layouts, String record) {
        RecordLayout layout = layouts.layoutOf(record);
        if (layout == null) {
            throw new IllegalStateException("no layout for " + record);
        }
        return layout;
    }

    private InvalidDefinitionException invalid(String path, String reason, String reasonZh) {
        return new InvalidDefinitionException(figure, path, reason, reasonZh);
    }
}
