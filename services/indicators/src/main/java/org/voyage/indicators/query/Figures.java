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
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Scan;
import org.voyage.indicators.live.Scan.Moments;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.query.Answers.ComponentAnswer;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.problem.Refusal;

/** Answers questions from the figures in memory. */
@ApplicationScoped
public class Figures {

    public static final Comparator<Cell> IN_ORDER =
            Comparator.comparing(cell -> String.join("\u0000", cell.at().values()));

    private final Reference reference;
    private final Clock clock;
    private final int maxCells;

    @Inject
    Figures(Reference reference, Clock clock, IndicatorsConfig config) {
        this(reference, clock, config.maxCells());
    }

    /** @param maxCells the most values that one answer may have */
    public Figures(Reference reference, Clock clock, int maxCells) {
        this.reference = reference;
        this.clock = clock;
        this.maxCells = maxCells;
    }

    /** Answers as of the day of another clock. */
    public Figures on(Clock other) {
        return new Figures(reference, other, maxCells);
    }

    /** Answers by other lists and regions. */
    public Figures by(Reference other) {
        return new Figures(other, clock, maxCells);
    }

    /** Whether countries are in the same regions for both. */
    public boolean hasRegionsOf(Figures others) {
        return geography().equals(others.geography());
    }

    Geography geography() {
        return reference.geography();
    }

    /** Answers by the lists and regions that others answer by. */
    public Figures byListsOf(Figures others) {
        return by(others.reference);
    }

    /** Answers of up to so many values. */
    public Figures upTo(int cells) {
        return new Figures(reference, clock, cells);
    }

    /** The versions of the lists that decide what counts. */
    public Map<String, String> listVersions(FigureQuery query) {
        Map<String, String> versions = new TreeMap<>();
        query.lists()
                .forEach(moment ->
                        reference.list(moment.list()).ifPresent(list -> versions.put(list.code(), list.version())));
        return versions;
    }

    /**
     * The lists among those that a question is counted by that have no member: of those "then" at no time, of those "now" today.
     * What they leave is 0, whatever was sent.
     */
    public List<ListMoment> emptyLists(FigureQuery query) {
        int day = Math.toIntExact(today().toEpochDay());
        return query.countedBy().stream()
                .filter(moment -> reference
                        .list(moment.list())
                        .filter(list -> moment.then() ? list.isEmpty() : list.isEmpty(day))
                        .isPresent())
                .toList();
    }

    public LocalDate today() {
        return LocalDate.now(clock);
    }

    /** The year or period that the answer is about, as text. */
    public String periodText(FigureQuery query, List<Cell> cells) {
        if (query.byYear() && query.period() instanceof Period.Current) {
            return cells.stream()
                            .map(cell -> cell.at().getOrDefault("year", ""))
                            .min(Comparator.naturalOrder())
                            .orElseGet(() -> String.valueOf(today().getYear()))
                    + ".." + today().getYear();
        }
        return switch (query.period()) {
            case Period.Current _ -> String.valueOf(today().getYear());
            case Period.Year year -> year.toString();
            case Period.Month month -> month.toString();
            case Period.Years years -> years.toString();
        };
    }

    /**
     * @param province the only province whose own values may appear; empty when all may
     * @return the values in the order of their coordinates; a split by dimensions leaves out what is 0
     * @throws Refusal.Malformed when there would be too many
     */
    public List<Cell> cells(Cut cut, FigureQuery query, Optional<String> province) {
        return cells(cut, query, province, moments(cut, query, province));
    }

    List<Cell> cells(Cut cut, FigureQuery query, Optional<String> province, List<Moment> moments) {
        return Derivation.cells(
                (counted, own) -> counted(cut, counted.query(), own, counted.moments()),
                new Component("", query, moments, true),
                province,
                today());
    }

    private List<Cell> counted(Cut cut, FigureQuery query, Optional<String> province, List<Moment> moments) {
        Tally tally = cut.tally(query.indicator().code());
        Split split = split(cut, query, tally, province);
        try {
            Map<Long, long[]> rows =
                    Scan.run(tally.scanTarget(), split.groups(), split.dated(), on(tally.indicator(), moments), maxCells);
            return cells(query, split, moments, rows);
        } catch (Scan.TooManyCells | ArithmeticException tooMany) {
            throw Wrong.of(
                    "by",
                    "too-many-cells",
                    "The answer would have more than " + maxCells + " values; split by less or filter.",
                    "结果超过 " + maxCells + " 个值，请减少维度或增加筛选条件。");
        } catch (Scan.TooManyElements tooMany) {
            throw Wrong.of(
                    "by",
                    "too-many-elements",
                    "More elements would have to be told apart than there is room for; split by less, filter, or ask for"
                            + " fewer years.",
                    "需要区分的对象过多，请减少维度、增加筛选条件或缩短期间。");
        }
    }

    private Split split(Cut cut, FigureQuery query, Tally tally, Optional<String> province) {
        return new Split(reference, cut, tally, query, province, Math.toIntExact(today().toEpochDay()));
    }

    /** What the only value of a derived figure is made of; nothing for one that is counted. */
    public List<ComponentAnswer> components(Cut cut, FigureQuery query) {
        if (!query.by().isEmpty() || query.indicator() instanceof Indicator) {
            return List.of();
        }
        List<ComponentAnswer> answers = new ArrayList<>();
        for (Component component : Components.of(one(query), today())) {
            FigureQuery asked = component.query();
            Number value = asked.by().isEmpty()
                    ? cells(cut, asked, Optional.empty(), component.moments())
                            .getFirst()
                            .shown()
                    : null;
            answers.add(new ComponentAnswer(
                    component.role(),
                    asked.indicator().code(),
                    asked.indicator().version(),
                    component.expressible() ? asked.text() : null,
                    value));
        }
        return answers;
    }

    /** The counted figures that the only value of a question is made of, and what to ask them; a counted one itself. */
    public List<Component> behind(FigureQuery query) {
        return Components.counted(one(query), today()).toList();
    }

    /** The only value of a question, from those of the figures {@link #behind} it; null where there is none. */
    public @Nullable BigDecimal value(FigureQuery query, Counts counts) {
        return Derivation.cells(counts, one(query), Optional.empty(), today())
                .getFirst()
                .exact();
    }

    /** The value of a counted figure behind another, or those at each code that the other looks at. */
    public List<Cell> cells(Cut cut, Component counted) {
        return counted(cut, counted.query(), Optional.empty(), counted.moments());
    }

    /** The cells that a counted figure's part in the only value of a question is made of. */
    public Slice slice(Cut cut, Component counted) {
        Tally tally = cut.tally(counted.query().indicator().code());
        Split split = split(cut, counted.query().split(List.of()), tally, Optional.empty());
        return new Slice(split.groups(), split.dated(), on(tally.indicator(), counted.moments()));
    }

    /** The codes, of what a counted figure is split by, at which a cell stands. */
    public Map<String, String> place(Cut cut, Component counted, int[] at) {
        Map<String, String> place = new LinkedHashMap<>();
        CellCodes codes =
                new CellCodes(cut, cut.tally(counted.query().indicator().code()), reference.geography());
        counted.query().byNames().forEach(dimension -> place.put(dimension, codes.of(dimension, at)));
        return place;
    }

    private Component one(FigureQuery query) {
        if (query.byYear()) {
            throw new IllegalArgumentException("a question by year has several values");
        }
        return new Component("", query, single(query.period(), today()), true);
    }

    private List<Cell> cells(FigureQuery query, Split split, List<Moment> moments, Map<Long, long[]> rows) {
        boolean zeros = query.hasZeros();
        if (zeros && rows.isEmpty()) {
            rows.put(0L, new long[moments.size()]);
        }
        List<Cell> cells = new ArrayList<>();
        rows.forEach((key, values) -> {
            Map<String, String> group = split.decode(key);
            for (int i = 0; i < values.length; i++) {
                if (zeros || values[i] != 0) {
                    cells.add(new Cell(coordinates(query, group, moments.get(i)), values[i]));
                }
            }
        });
        cells.sort(IN_ORDER);
        return cells;
    }

    static Map<String, String> coordinates(FigureQuery query, Map<String, String> group, Moment moment) {
        Map<String, String> at = new LinkedHashMap<>();
        for (By by : query.by()) {
            at.put(
                    by.name(),
                    by instanceof By.Year ? String.valueOf(moment.year()) : group.getOrDefault(by.name(), ""));
        }
        return at;
    }

    private List<Moment> moments(Cut cut, FigureQuery query, Optional<String> province) {
        LocalDate today = today();
        int current = today.getYear();
        if (!query.byYear()) {
            return single(query.period(), today);
        }
        return switch (query.period()) {
            case Period.Current _ -> years(firstYear(cut, query, province, current), current, today);
            case Period.Years years -> years(years.first(), years.last(), today);
            case Period.Year _, Period.Month _ -> single(query.period(), today);
        };
    }

    private static List<Moment> single(Period period, LocalDate today) {
        return List.of(
                switch (period) {
                    case Period.Current _ -> Moment.year(today.getYear(), today);
                    case Period.Year year -> Moment.year(year.year(), today);
                    case Period.Month month -> {
                        LocalDate end = month.month().atEndOfMonth();
                        yield new Moment(
                                month.month().getYear(), month.month().atDay(1), end.isAfter(today) ? today : end);
                    }
                    case Period.Years years ->
                        new Moment(
                                years.last(),
                                LocalDate.of(years.first(), 1, 1),
                                Moment.year(years.last(), today).to());
                });
    }

    private static List<Moment> years(int first, int last, LocalDate today) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(year -> Moment.year(year, today))
                .toList();
    }

    private int firstYear(Cut cut, FigureQuery query, Optional<String> province, int current) {
        return switch (query.indicator()) {
            case Indicator counted -> firstYear(cut, query, counted, province, current);
            case Derived derived ->
                derived.rule().operands().stream()
                        .mapToInt(operand -> firstYear(cut, query.about(operand), province, current))
                        .min()
                        .orElse(current);
        };
    }

    private int firstYear(Cut cut, FigureQuery query, Indicator counted, Optional<String> province, int current) {
        Tally tally = cut.tally(counted.code());
        Integer earliest =
                Scan.firstYear(tally.scanTarget(), split(cut, query, tally, province).groups());
        if (earliest == null) {
            return current;
        }
        int year = counted.isKnownByYearOnly()
                ? earliest
                : LocalDate.ofEpochDay(earliest).getYear();
        return Math.clamp(year, PeriodReader.FIRST_YEAR, current);
    }

    private Moments on(Indicator indicator, List<Moment> moments) {
        LocalDate today = today();
        boolean years = indicator.isKnownByYearOnly();
        boolean stock = indicator.isStock();
        int[] from = moments.stream()
                .mapToInt(moment ->
                        years ? moment.from().getYear() : (int) moment.from().toEpochDay())
                .toArray();
        int[] to = moments.stream()
                .mapToInt(moment ->
                        years ? moment.to().getYear() : (int) moment.to().toEpochDay())
                .toArray();
        IntUnaryOperator day =
                years ? year -> (int) Moment.year(year, today).to().toEpochDay() : time -> time;
        return new Moments(stock, from, to, day);
    }
}
