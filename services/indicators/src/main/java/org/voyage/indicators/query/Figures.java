package org.voyage.indicators.query;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Scan;
import org.voyage.indicators.live.Scan.Moments;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.query.Answers.ComponentAnswer;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.web.Refusal;

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

    public LocalDate today() {
        return LocalDate.now(clock);
    }

    /** The year or period that the answer is about, as text. */
    public String periodText(FigureQuery query, List<Cell> cells) {
        if (query.byYear() && query.period() instanceof Period.Current) {
            return cells.stream()
                            .map(cell -> cell.at().getOrDefault("year", ""))
                            .min(Comparator.naturalOrder())
                            .orElse("")
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
        return switch (query.indicator()) {
            case Indicator counted -> counted(cut, query, cut.tally(counted.code()), province, moments);
            case Derived derived -> new Derivation(this, cut, query, province, moments).cells(derived.rule());
        };
    }

    private List<Cell> counted(
            Cut cut, FigureQuery query, Tally tally, Optional<String> province, List<Moment> moments) {
        Split split = split(cut, query, tally, province);
        try {
            Map<Long, long[]> rows =
                    Scan.run(tally, split.groups(), split.dated(), on(tally.indicator(), moments), maxCells);
            return cells(query, split, moments, rows);
        } catch (Scan.TooManyCells | ArithmeticException tooMany) {
            throw Wrong.of(
                    "by",
                    "too-many-cells",
                    "The answer would have more than " + maxCells + " values; split by less or filter.",
                    "结果超过 " + maxCells + " 个值，请减少维度或增加筛选条件。");
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
        for (Component component : Components.of(query, moments(cut, query, Optional.empty()), today())) {
            FigureQuery asked = component.query();
            Number value = asked.by().isEmpty()
                    ? cells(cut, asked, Optional.empty(), component.moments())
                            .getFirst()
                            .shown()
                    : null;
            answers.add(new ComponentAnswer(
                    component.role(), asked.indicator().code(), component.expressible() ? asked.text() : null, value));
        }
        return answers;
    }

    /** The counted figures behind a derived one, and what to ask them. */
    public List<FigureQuery> behind(FigureQuery query) {
        return Components.counted(query, List.of(), today()).toList();
    }

    /** The cells that the only value of a question is made of; of a question that is split by nothing. */
    public Slice slice(Cut cut, FigureQuery query) {
        Tally tally = cut.tally(query.indicator().code());
        Split split = split(cut, query, tally, Optional.empty());
        return new Slice(split.groups(), split.dated(), on(tally.indicator(), moments(cut, query, Optional.empty())));
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
        return switch (query.period()) {
            case Period.Current _ ->
                query.byYear()
                        ? years(firstYear(cut, query, province, current), current, today)
                        : List.of(Moment.year(current, today));
            case Period.Year year -> List.of(Moment.year(year.year(), today));
            case Period.Month month -> {
                LocalDate end = month.month().atEndOfMonth();
                yield List.of(
                        new Moment(month.month().getYear(), month.month().atDay(1), end.isAfter(today) ? today : end));
            }
            case Period.Years years ->
                query.byYear()
                        ? years(years.first(), years.last(), today)
                        : List.of(new Moment(
                                years.last(),
                                LocalDate.of(years.first(), 1, 1),
                                Moment.year(years.last(), today).to()));
        };
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
                Scan.firstYear(tally, split(cut, query, tally, province).groups());
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
