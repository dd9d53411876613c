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
import org.voyage.indicators.indicator.BadDefinition;
import org.voyage.indicators.indicator.Each;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.intake.Dictionaries;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.Layouts;
import org.voyage.indicators.intake.RecordLayout;
import org.voyage.indicators.intake.Slot;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MemberList;

/**
 * One figure, made ready to count: which cells a fact adds to. A pure function of the fact and of those it belongs to,
 * so that taking away what it gave before is exact.
 */
public final class Tally {

    private static final String PROVINCE = "province";
    private static final Set<String> DERIVED = Geography.DERIVED;
    private static final int[] NO_CODE = {Dictionary.ABSENT};

    private final Indicator indicator;
    private final List<String> columns;
    private final List<Join> joins = new ArrayList<>();
    private final List<Predicate<Fact>> conditions = new ArrayList<>();
    /** Those that a joined record may give, by field. */
    private final Map<String, CodeSource> codes = new TreeMap<>();

    private final @Nullable Coordinate[] sources;
    private final @Nullable CodeSource elements;
    private final @Nullable CodeSource many;
    private final ToLongFunction<FactState> amount;
    private final Time time;
    private final int element;
    private final int each;
    private final int country;
    private final Cube cube;
    private final int[] at;
    private final Sink adding;
    /** Facts are kept for it and not counted yet. */
    private boolean heldBack;

    private interface Time {
        /** Hands over each moment and the sign of the change there. */
        void of(FactState state, Moment change);
    }

    /** Is handed what a fact gives: a cell, whose coordinates hold during the call only, and an amount. */
    interface Sink {
        void cell(int[] at, long amount);
    }

    private interface Moment {
        void accept(int moment, int sign);
    }

    /** @param cells gives the cells to begin with, each of so many coordinates */
    Tally(
            Indicator indicator,
            Layouts layouts,
            Dictionaries dictionaries,
            Geography geography,
            IntFunction<Cube> cells) {
        this.indicator = indicator;
        RecordLayout own = layout(layouts, indicator.record());
        for (Map.Entry<String, String> join : indicator.join().entrySet()) {
            joins.add(new Join(slot(own, join.getKey()), layout(layouts, join.getValue())));
        }
        this.columns = columns(indicator);
        this.element = indicator.measure() instanceof Measure.Distinct distinct ? columns.indexOf(distinct.of()) : -1;
        this.each = indicator.each().map(Each::dimension).map(columns::indexOf).orElse(-1);
        this.elements = element < 0 ? null : source(columns.get(element), own, dictionaries);
        this.many = each < 0 || each == element ? null : source(columns.get(each), own, dictionaries);
        this.sources = new @Nullable Coordinate[columns.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = i == element || i == each ? null : coordinate(columns.get(i), own, dictionaries);
        }
        this.country = geography.countryField(columns).map(columns::indexOf).orElse(-1);
        checkLists(geography);
        checkConditions("where", indicator.where().keySet());
        checkConditions("except", indicator.except().keySet());
        Stream.of(columns, indicator.where().keySet(), indicator.except().keySet())
                .flatMap(Collection::stream)
                .filter(field -> !DERIVED.contains(field))
                .forEach(field -> codes.put(field, new CodeSource(field, own, joins)));
        indicator
                .where()
                .forEach((field, values) -> conditions.add(condition(field, values, own, geography, dictionaries)));
        indicator.except().forEach((field, values) -> {
            Predicate<Fact> among = condition(field, values, own, geography, dictionaries);
            conditions.add(among.negate());
        });
        this.amount = amount(indicator.measure(), own);
        this.time = time(indicator.period(), own);
        this.at = room();
        this.cube = cells.apply(at.length);
        this.adding = cube::add;
    }

    public Indicator indicator() {
        return indicator;
    }

    public Cube cube() {
        return cube;
    }

    /** The coordinate of a field, or -1. */
    public int column(String field) {
        return columns.indexOf(field);
    }

    /** The field of a coordinate. */
    public String field(int column) {
        return columns.get(column);
    }

    /** The cube of the figure as scans read it. */
    public ScanTarget scanTarget() {
        return new ScanTarget(cube, element, indicator.isKnownByYearOnly());
    }

    /** The coordinate that is counted once per value, or -1 when amounts are added. */
    public int element() {
        return element;
    }

    /** The coordinate that holds a country, from which region and lists follow, or -1. */
    public int country() {
        return country;
    }

    /** Whether facts are kept for it that it does not count yet. */
    boolean isHeldBack() {
        return heldBack;
    }

    /** Counts no fact until {@link #countAll}; nothing may have been counted yet. */
    void holdBack() {
        heldBack = true;
    }

    /** Counts all facts of its record, if it was held back. */
    void countAll(Collection<Fact> facts) {
        if (heldBack) {
            if (cube.changes() > 0) {
                throw new IllegalStateException(indicator.code() + " was counted in part when something went wrong");
            }
            facts.forEach(fact -> each(fact, 1, at, adding));
            heldBack = false;
        }
    }

    /** Adds (or, with sign -1, takes away) what the fact gives now, unless the figure is held back. */
    void count(Fact fact, int sign, @Nullable Touched touched) {
        if (heldBack) {
            return;
        }
        each(
                fact,
                sign,
                at,
                touched == null
                        ? adding
                        : (cell, amount) -> {
                            cube.add(cell, amount);
                            touched.cell(this, cell, amount);
                        });
    }

    /** Room for the coordinates of one cell. */
    public int[] room() {
        return new int[columns.size() + 1];
    }

    /** Hands over what the fact gives now (or, with sign -1, what must be taken away). */
    void each(Fact fact, int sign, int[] at, Sink sink) {
        FactState state = fact.state;
        if (state == null || waits(fact) || !meets(fact)) {
            return;
        }
        long amounts = amount.applyAsLong(state) * sign;
        if (amounts == 0) {
            return;
        }
        for (int i = 0; i < sources.length; i++) {
            Coordinate source = sources[i];
            at[i] = source == null ? 0 : source.code(fact);
        }
        if (many == null) {
            putElements(fact, state, amounts, at, sink);
            return;
        }
        int[] codes = many.codes(fact);
        // Whatever is counted once counts even without a code; of a list that is empty there is nothing to count.
        for (int code : codes.length == 0 && elements != null ? NO_CODE : codes) {
            at[each] = code;
            putElements(fact, state, amounts, at, sink);
        }
    }

    private void putElements(Fact fact, FactState state, long amounts, int[] at, Sink sink) {
        if (elements == null) {
            put(state, amounts, at, sink);
            return;
        }
        for (int code : elements.codes(fact)) {
            at[element] = code;
            put(state, amounts, at, sink);
        }
    }

    private void put(FactState state, long each, int[] at, Sink sink) {
        time.of(state, (moment, sign) -> {
            at[at.length - 1] = moment;
            sink.cell(at, sign * each);
        });
    }

    /** The records that a fact belongs to. */
    List<Joined> joined(Fact fact, Dictionaries dictionaries) {
        List<Joined> joined = new ArrayList<>();
        for (Join join : joins) {
            Fact to = fact.joined[join.link()];
            if (to != null) {
                Map<String, List<String>> given = new TreeMap<>();
                codes.forEach((field, source) -> {
                    if (source.isFrom(join.link(), fact)) {
                        Dictionary texts = dictionaries.of(field);
                        given.put(
                                field,
                                Arrays.stream(source.codes(fact))
                                        .mapToObj(texts::text)
                                        .toList());
                    }
                });
                joined.add(new Joined(join.layout().record(), to.key, to.version, given));
            }
        }
        joined.sort(Comparator.comparing(Joined::record));
        return joined;
    }

    /** A fact may belong to one of several (a headcount to an institution or to a programme). */
    private boolean waits(Fact fact) {
        boolean belongs = joins.isEmpty();
        for (Join join : joins) {
            Fact joined = fact.joined[join.link()];
            if (joined != null && joined.state == null) {
                return true;
            }
            belongs |= joined != null;
        }
        return !belongs;
    }

    private boolean meets(Fact fact) {
        for (Predicate<Fact> condition : conditions) {
            if (!condition.test(fact)) {
                return false;
            }
        }
        return true;
    }

    private Predicate<Fact> condition(
            String field, Set<String> values, RecordLayout own, Geography geography, Dictionaries dictionaries) {
        if (field.equals(PROVINCE)) {
            Dictionary provinces = dictionaries.of(PROVINCE);
            return fact -> values.contains(provinces.text(fact.province));
        }
        if (DERIVED.contains(field)) {
            CodeSource source = new CodeSource(columns.get(country), own, joins);
            Dictionary countries = dictionaries.of(columns.get(country));
            return fact -> values.contains(geography.of(field, countries.text(source.code(fact))));
        }
        CodeSource source = new CodeSource(field, own, joins);
        Dictionary codes = dictionaries.of(field);
        Set<Integer> allowed = values.stream().map(codes::number).collect(Collectors.toUnmodifiableSet());
        return fact -> allowed.contains(source.code(fact));
    }

    private void checkConditions(String member, Set<String> fields) {
        fields.stream().filter(DERIVED::contains).forEach(field -> checkCountry(member + "." + field, field));
    }

    private void checkCountry(String path, String field) {
        if (country < 0) {
            throw bad(
                    path,
                    "a condition on " + field + " needs a dimension with a country",
                    "对 " + field + " 设条件，需要一个国家维度");
        }
        if (country == each) {
            throw bad(
                    path,
                    "a condition on " + field + " needs a record of one country, and this has one of each element",
                    "对 " + field + " 设条件，要求每条记录只有一个国家，而此处每个元素各有一个国家");
        }
    }

    private void checkLists(Geography geography) {
        if (indicator.dimensions().stream().anyMatch(DERIVED::contains)) {
            needsCountry("dimensions");
        }
        for (String list : indicator.lists()) {
            if (geography.isCountryList(list)) {
                needsCountry("lists");
            } else if (!indicator.dimensions().contains(MemberList.COLLEGE)) {
                throw bad(
                        "lists", "the list " + list + " needs the dimension college", "名单 " + list + " 需要 college 维度");
            }
        }
    }

    private void needsCountry(String path) {
        if (country < 0) {
            throw bad(
                    path,
                    "lists, region and subRegion need a dimension with a country",
                    "名单、region 和 subRegion 需要一个国家维度");
        }
    }

    private Coordinate coordinate(String dimension, RecordLayout own, Dictionaries dictionaries) {
        if (dimension.equals(PROVINCE)) {
            return fact -> fact.province;
        }
        List<String> number = indicator.numbers().get(dimension);
        if (number == null) {
            return source(dimension, own, dictionaries);
        }
        Dictionary codes = dictionaries.of(dimension);
        return number.size() == 1
                ? NumberSource.ofField(slot(own, number.getFirst()), codes)
                : NumberSource.between(slot(own, number.getFirst()), slot(own, number.getLast()), codes);
    }

    private CodeSource source(String field, RecordLayout own, Dictionaries dictionaries) {
        if (indicator.measure() instanceof Measure.Distinct distinct
                && distinct.ofRecord()
                && distinct.of().equals(field)) {
            return CodeSource.ofItself(dictionaries.of(field));
        }
        return indicator.join().containsKey(field)
                ? CodeSource.ofJoined(slot(own, field), dictionaries.of(field))
                : new CodeSource(field, own, joins);
    }

    private static List<String> columns(Indicator indicator) {
        List<String> columns = new ArrayList<>(indicator.dimensions());
        columns.removeAll(DERIVED);
        if (indicator.measure() instanceof Measure.Distinct distinct && !columns.contains(distinct.of())) {
            columns.add(distinct.of());
        }
        return List.copyOf(columns);
    }

    private static ToLongFunction<FactState> amount(Measure measure, RecordLayout own) {
        if (!(measure instanceof Measure.Sum sum)) {
            return state -> 1;
        }
        int[] slots = sum.of().stream().mapToInt(field -> slot(own, field)).toArray();
        return state -> {
            long product = 1;
            for (int slot : slots) {
                int value = state.values()[slot];
                product = value == FactState.NONE ? 0 : product * value;
            }
            return product;
        };
    }

    private static Time time(PeriodRule period, RecordLayout own) {
        return switch (period) {
            case PeriodRule.Stock stock -> {
                int from = slot(own, stock.from());
                int[] until = stock.until().stream()
                        .mapToInt(field -> slot(own, field))
                        .toArray();
                yield (state, change) -> {
                    int begin = state.values()[from];
                    int end = Integer.MAX_VALUE;
                    for (int slot : until) {
                        int day = state.values()[slot];
                        end = day == FactState.NONE ? end : Math.min(end, day);
                    }
                    if (begin == FactState.NONE || end <= begin) {
                        return;
                    }
                    change.accept(begin, 1);
                    if (end != Integer.MAX_VALUE) {
                        change.accept(end, -1);
                    }
                };
            }
            case PeriodRule.FlowOfYear flow -> at(slot(own, flow.year()));
            case PeriodRule.FlowOnDate flow -> at(slot(own, flow.on()));
        };
    }

    private static Time at(int slot) {
        return (state, change) -> {
            if (state.values()[slot] != FactState.NONE) {
                change.accept(state.values()[slot], 1);
            }
        };
    }

    private static int slot(RecordLayout layout, String field) {
        Slot slot = layout.slot(field);
        if (slot == null) {
            throw new IllegalStateException(layout.record() + " has no " + field);
        }
        return slot.index();
    }

    private static RecordLayout layout(Layouts layouts, String record) {
        RecordLayout layout = layouts.of(record);
        if (layout == null) {
            throw new IllegalStateException("no layout for " + record);
        }
        return layout;
    }

    private BadDefinition bad(String path, String reason, String reasonZh) {
        return new BadDefinition(indicator, path, reason, reasonZh);
    }
}
