package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.cube.CubeScan;
import org.voyage.indicators.cube.CubeScan.ScanTimes;
import org.voyage.indicators.cube.CubeSlice;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureResponses.ComponentAnswer;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.PublishedSeries;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.problem.Refusal;

/** Calculator that answers queries from the figures in memory. */
@ApplicationScoped
public class FigureCalculator {

    /** The ministry's school code begins with it; the province follows. */
    private static final String COLLEGE_PREFIX = "41";

    private final ReferenceData reference;
    private final Clock clock;
    private final int maxCells;

    @Inject
    FigureCalculator(ReferenceData reference, Clock clock, IndicatorsConfig config) {
        this(reference, clock, config.maxCells());
    }

    /** @param maxCells maximum number of values in one answer */
    public FigureCalculator(ReferenceData reference, Clock clock, int maxCells) {
        this.reference = reference;
        this.clock = clock;
        this.maxCells = maxCells;
    }

    /** Returns a calculator for the day of another clock. */
    public FigureCalculator withClock(Clock other) {
        return new FigureCalculator(reference, other, maxCells);
    }

    /** Returns a calculator with other lists and regions. */
    public FigureCalculator withReference(ReferenceData other) {
        return new FigureCalculator(other, clock, maxCells);
    }

    /** Returns whether both calculators assign countries to the same regions. */
    public boolean hasSameRegionsAs(FigureCalculator others) {
        return geography().equals(others.geography());
    }

    Geography geography() {
        return reference.geography();
    }

    /** Returns a calculator with the lists and regions of another one. */
    public FigureCalculator withListsOf(FigureCalculator others) {
        return withReference(others.reference);
    }

    /** Returns a calculator with another maximum number of values. */
    public FigureCalculator withMaxCells(int cells) {
        return new FigureCalculator(reference, clock, cells);
    }

    /** Returns the versions of the lists that decide which facts count. */
    public Map<String, String> listVersions(FigureQuery query) {
        Map<String, String> versions = new TreeMap<>();
        query.listFilters()
                .forEach(moment ->
                        reference.findList(moment.list()).ifPresent(list -> versions.put(list.code(), list.version())));
        return versions;
    }

    /**
     * Returns the lists of a query that have no member: lists "then" that never had one, and lists "now" without one
     * today. The values for such a list are 0, whatever was sent.
     */
    public List<ListCriterion> findEmptyLists(FigureQuery query) {
        int day = Math.toIntExact(today().toEpochDay());
        return query.listCriteria().stream()
                .filter(moment -> reference
                        .findList(moment.list())
                        .filter(list -> moment.isAsThen() ? list.isEmpty() : list.isEmpty(day))
                        .isPresent())
                .toList();
    }

    /**
     * Returns the codes of the filters that no record uses, as {@code college=4132000001}: a value of 0 for them may be a
     * mistake in the code. Codes of a closed code list are known anyway.
     *
     * @param province the only province whose own values may appear. Colleges of other provinces count as unused, whether
     *     they exist or not
     */
    public List<String> findUnusedCodes(FiguresView view, FigureQuery query, Optional<String> province) {
        List<String> unused = new ArrayList<>();
        query.filters().forEach((dimension, codes) -> {
            boolean open = !query.figure().isNumeric(dimension)
                    && !Geography.DERIVED_DIMENSIONS.contains(dimension)
                    && reference.findCodes(query.figure().records(), dimension).isEmpty();
            if (open) {
                codes.stream()
                        .filter(code -> isForeignCollege(dimension, code, province)
                                || !view.dictionaryOf(dimension).containsText(code))
                        .forEach(code -> unused.add(dimension + "=" + code));
            }
        });
        return unused;
    }

    private static boolean isForeignCollege(String dimension, String code, Optional<String> province) {
        return dimension.equals(MembershipList.COLLEGE_DIMENSION)
                && !code.equals(CodeDictionary.ABSENT_TEXT)
                && province.filter(own -> !code.startsWith(COLLEGE_PREFIX + own))
                        .isPresent();
    }

    public LocalDate today() {
        return LocalDate.now(clock);
    }

    /**
     * Returns the period of the answer, as text: a year, a month, years ({@code 2012..2023}) or, as of today, a day
     * ({@code 2026-11-24}) or days ({@code 2026-01-01..2026-11-24}).
     */
    public String formatPeriod(FigureQuery query, List<ResultCell> cells) {
        if (query.isByYear() && query.period() instanceof PeriodFilter.CurrentPeriod) {
            return cells.stream()
                            .map(cell -> cell.coordinates().getOrDefault("year", ""))
                            .min(Comparator.naturalOrder())
                            .orElseGet(() -> String.valueOf(today().getYear()))
                    + ".." + today().getYear();
        }
        return switch (query.period()) {
            case PeriodFilter.CurrentPeriod _ -> formatCurrentPeriod(query.figure());
            case PeriodFilter.YearPeriod year -> year.toString();
            case PeriodFilter.MonthPeriod month -> month.toString();
            case PeriodFilter.YearRangePeriod years -> years.toString();
        };
    }

    /** Returns the day of a stock as of today; of a flow the days from the beginning of the year to today. */
    private String formatCurrentPeriod(Figure figure) {
        LocalDate today = today();
        return figure.isStock() ? today.toString() : today.withDayOfYear(1) + ".." + today;
    }

    /**
     * Computes the values of a query.
     *
     * @param province the only province whose own values may appear; empty when all may
     * @return the values in the order of their coordinates; a breakdown by dimensions leaves out 0
     * @throws Refusal.Malformed when there are too many values
     */
    public List<ResultCell> computeCells(FiguresView view, FigureQuery query, Optional<String> province) {
        return computeCells(view, query, province, reportingPeriods(view, query, province));
    }

    List<ResultCell> computeCells(
            FiguresView view, FigureQuery query, Optional<String> province, List<ReportingPeriod> moments) {
        return DerivedFigureCalculator.computeCells(
                (counted, own) -> computeCounted(view, counted.query(), own, counted.periods()),
                new OperandQuery("", query, moments, true),
                province,
                today(),
                reference);
    }

    private List<ResultCell> computeCounted(
            FiguresView view, FigureQuery query, Optional<String> province, List<ReportingPeriod> moments) {
        FigureAggregator aggregator = view.requireWhole(query.figure().code());
        BreakdownPlan split = planBreakdown(view, query, aggregator, province);
        try {
            Map<Long, long[]> rows = CubeScan.scan(
                    aggregator.cube(),
                    aggregator.element(),
                    split.groups(),
                    split.datedGroups(),
                    toScanTimes(aggregator.indicator(), moments),
                    maxCells);
            return computeCells(query, split, moments, rows);
        } catch (CubeScan.TooManyCellsException | ArithmeticException tooMany) {
            throw QueryRefusals.malformed(
                    "by",
                    "too-many-cells",
                    "The answer would have more than " + maxCells + " values; split by less or filter.",
                    "结果超过 " + maxCells + " 个值，请减少维度或增加筛选条件。");
        } catch (CubeScan.TooManyElementsException tooMany) {
            throw QueryRefusals.malformed(
                    "by",
                    "too-many-elements",
                    "There are more elements to distinguish than there is room for; split by less, filter, or ask for"
                            + " fewer years.",
                    "需要区分的对象过多，请减少维度、增加筛选条件或缩短期间。");
        }
    }

    private BreakdownPlan planBreakdown(
            FiguresView view, FigureQuery query, FigureAggregator aggregator, Optional<String> province) {
        return new BreakdownPlan(reference, view, aggregator, query, province, Math.toIntExact(today().toEpochDay()));
    }

    /** Returns the components of the only value of a derived figure; empty for a counted figure. */
    public List<ComponentAnswer> computeComponents(FiguresView view, FigureQuery query) {
        if (!query.breakdowns().isEmpty() || query.figure() instanceof CountedFigure) {
            return List.of();
        }
        List<ComponentAnswer> answers = new ArrayList<>();
        for (OperandQuery component : DerivedQueryExpander.expand(singleValueOperand(query), today())) {
            FigureQuery asked = component.query();
            Number value = asked.breakdowns().isEmpty()
                    ? computeCells(view, asked, Optional.empty(), component.periods())
                            .getFirst()
                            .shownValue()
                    : null;
            answers.add(new ComponentAnswer(
                    component.role(),
                    asked.figure().code(),
                    asked.figure().version(),
                    component.expressible() ? asked.toQueryString() : null,
                    value));
        }
        findPublishedWhole(query).ifPresent(answers::add);
        return answers;
    }

    /** Returns the published number that a share is of; empty for other figures, and without a number of the year. */
    private Optional<ComponentAnswer> findPublishedWhole(FigureQuery query) {
        ReportingPeriod period = singlePeriod(query.period(), today()).getFirst();
        return query.figure() instanceof DerivedFigure derived
                        && derived.rule() instanceof DerivationRule.PublishedShareRule share
                        && period.isWholeYear(today())
                ? reference
                        .findPublishedNumber(share.series(), period.year())
                        .map(number ->
                                new ComponentAnswer("whole", share.series(), number.version(), null, number.value()))
                : Optional.empty();
    }

    /** Finds the published number of a year as it was printed. */
    public Optional<PublishedSeries.PrintedNumber> findPrintedNumber(String series, int year) {
        return reference.findPublishedNumber(series, year).map(PublishedSeries.SeriesNumber::printed);
    }

    /** Returns whether a series has a published number of a year. */
    public boolean hasPublishedNumber(String series, int year) {
        return reference.findPublishedNumber(series, year).isPresent();
    }

    /** Returns a number that changes whenever the published numbers do. */
    public long seriesVersion() {
        return reference.seriesVersion();
    }

    /**
     * Returns the queries on the counted figures behind the only value of a query; the query itself for a counted
     * figure.
     */
    public List<OperandQuery> countedOperands(FigureQuery query) {
        return DerivedQueryExpander.expandToCounted(singleValueOperand(query), today())
                .toList();
    }

    /**
     * Computes the only value of a query from the values of its {@link #countedOperands}; null where there is none.
     */
    public @Nullable BigDecimal computeValue(FigureQuery query, OperandValues counts) {
        return DerivedFigureCalculator.computeCells(
                        counts, singleValueOperand(query), Optional.empty(), today(), reference)
                .getFirst()
                .exact();
    }

    /** Computes the value of a counted operand, or its values at each code that the rule needs. */
    public List<ResultCell> computeCells(FiguresView view, OperandQuery counted) {
        return computeCounted(view, counted.query(), Optional.empty(), counted.periods());
    }

    /** Returns the slice of a counted operand in the only value of a query. */
    public CubeSlice sliceOf(FiguresView view, OperandQuery counted) {
        FigureQuery query = counted.query().withBreakdowns(List.of());
        FigureAggregator aggregator = view.requireWhole(query.figure().code());
        BreakdownPlan split = planBreakdown(view, query, aggregator, Optional.empty());
        return new CubeSlice(
                split.groups(), split.datedGroups(), toScanTimes(aggregator.indicator(), counted.periods()));
    }

    /** Returns the codes of a cell in the breakdowns of a counted operand. */
    public Map<String, String> placeOf(FiguresView view, OperandQuery counted, int[] at) {
        Map<String, String> place = new LinkedHashMap<>();
        CellCodeDecoder codes = new CellCodeDecoder(
                view, view.requireWhole(counted.query().figure().code()), reference.geography());
        counted.query().breakdownNames().forEach(dimension -> place.put(dimension, codes.codeOf(dimension, at)));
        return place;
    }

    private OperandQuery singleValueOperand(FigureQuery query) {
        if (query.isByYear()) {
            throw new IllegalArgumentException("a question by year has several values");
        }
        return new OperandQuery("", query, singlePeriod(query.period(), today()), true);
    }

    private List<ResultCell> computeCells(
            FigureQuery query, BreakdownPlan split, List<ReportingPeriod> moments, Map<Long, long[]> rows) {
        boolean zeros = query.includesZeros();
        if (zeros && rows.isEmpty()) {
            rows.put(0L, new long[moments.size()]);
        }
        List<ResultCell> cells = new ArrayList<>();
        rows.forEach((key, values) -> {
            Map<String, String> group = split.decodeGroup(key);
            for (int i = 0; i < values.length; i++) {
                if (zeros || values[i] != 0) {
                    cells.add(new ResultCell(toCoordinates(query, group, moments.get(i)), values[i]));
                }
            }
        });
        return ResultCell.sortByPlace(cells);
    }

    static Map<String, String> toCoordinates(FigureQuery query, Map<String, String> group, ReportingPeriod moment) {
        Map<String, String> at = new LinkedHashMap<>();
        for (Breakdown breakdown : query.breakdowns()) {
            at.put(
                    breakdown.name(),
                    breakdown instanceof Breakdown.YearBreakdown
                            ? String.valueOf(moment.year())
                            : group.getOrDefault(breakdown.name(), ""));
        }
        return at;
    }

    private List<ReportingPeriod> reportingPeriods(FiguresView view, FigureQuery query, Optional<String> province) {
        LocalDate today = today();
        int current = today.getYear();
        if (!query.isByYear()) {
            return singlePeriod(query.period(), today);
        }
        return switch (query.period()) {
            case PeriodFilter.CurrentPeriod _ ->
                yearPeriods(findFirstYear(view, query, province, current), current, today);
            case PeriodFilter.YearRangePeriod years -> yearPeriods(years.firstYear(), years.lastYear(), today);
            case PeriodFilter.YearPeriod _, PeriodFilter.MonthPeriod _ -> singlePeriod(query.period(), today);
        };
    }

    private static List<ReportingPeriod> singlePeriod(PeriodFilter period, LocalDate today) {
        return List.of(
                switch (period) {
                    case PeriodFilter.CurrentPeriod _ -> ReportingPeriod.ofYear(today.getYear(), today);
                    case PeriodFilter.YearPeriod year -> ReportingPeriod.ofYear(year.year(), today);
                    case PeriodFilter.MonthPeriod month -> {
                        LocalDate end = month.month().atEndOfMonth();
                        yield new ReportingPeriod(
                                month.month().getYear(), month.month().atDay(1), end.isAfter(today) ? today : end);
                    }
                    case PeriodFilter.YearRangePeriod years ->
                        new ReportingPeriod(
                                years.lastYear(),
                                LocalDate.of(years.firstYear(), 1, 1),
                                ReportingPeriod.ofYear(years.lastYear(), today).to());
                });
    }

    private static List<ReportingPeriod> yearPeriods(int first, int last, LocalDate today) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(year -> ReportingPeriod.ofYear(year, today))
                .toList();
    }

    private int findFirstYear(FiguresView view, FigureQuery query, Optional<String> province, int current) {
        return switch (query.figure()) {
            case CountedFigure counted -> findFirstYear(view, query, counted, province, current);
            case DerivedFigure derived ->
                derived.rule().operands().stream()
                        .mapToInt(operand -> findFirstYear(view, query.withFigure(operand), province, current))
                        .min()
                        .orElse(current);
        };
    }

    private int findFirstYear(
            FiguresView view, FigureQuery query, CountedFigure counted, Optional<String> province, int current) {
        FigureAggregator aggregator = view.requireWhole(counted.code());
        Integer earliest = CubeScan.findFirstTime(
                aggregator.cube(),
                planBreakdown(view, query, aggregator, province).groups());
        if (earliest == null) {
            return current;
        }
        int year = counted.isKnownByYearOnly()
                ? earliest
                : LocalDate.ofEpochDay(earliest).getYear();
        return Math.clamp(year, PeriodParser.FIRST_YEAR, current);
    }

    private ScanTimes toScanTimes(CountedFigure figure, List<ReportingPeriod> moments) {
        LocalDate today = today();
        boolean years = figure.isKnownByYearOnly();
        boolean stock = figure.isStock();
        int[] from = moments.stream()
                .mapToInt(moment ->
                        years ? moment.from().getYear() : (int) moment.from().toEpochDay())
                .toArray();
        int[] to = moments.stream()
                .mapToInt(moment ->
                        years ? moment.to().getYear() : (int) moment.to().toEpochDay())
                .toArray();
        IntUnaryOperator day =
                years ? year -> (int) ReportingPeriod.ofYear(year, today).to().toEpochDay() : time -> time;
        return new ScanTimes(stock, from, to, day);
    }
}
