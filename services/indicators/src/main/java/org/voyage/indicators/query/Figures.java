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
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Scan;
import org.voyage.indicators.live.Scan.Moments;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.web.Refusal;

/** Answers questions from the figures in memory. */
@ApplicationScoped
public class Figures {

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
            case Period.Year year -> String.valueOf(year.year());
            case Period.Month month -> month.month().toString();
            case Period.Years years -> years.first() + ".." + years.last();
        };
    }

    /**
     * @param province the only province whose own values may appear; empty when all may
     * @return the values in the order of their coordinates; a split by dimensions leaves out what is 0
     * @throws Refusal.Malformed when there would be too many
     */
    public List<Cell> cells(Cut cut, FigureQuery query, Optional<String> province) {
        LocalDate today = today();
        Tally tally = cut.tally(query.indicator().code());
        Split split = new Split(reference, cut, tally, query, province, Math.toIntExact(today.toEpochDay()));
        List<Moment> moments = moments(query, tally, split, today);
        try {
            Map<Long, long[]> rows =
                    Scan.run(tally, split.groups(), split.dated(), on(query, moments, today), maxCells);
            return cells(query, split, moments, rows);
        } catch (Scan.TooManyCells | ArithmeticException tooMany) {
            throw Wrong.of(
                    "by",
                    "too-many-cells",
                    "The answer would have more than " + maxCells + " values; split by less or filter.",
                    "结果超过 " + maxCells + " 个值，请减少维度或增加筛选条件。");
        }
    }

    /** The cells that the only value of a question is made of; of a question that is split by nothing. */
    public Slice slice(Cut cut, FigureQuery query) {
        LocalDate today = today();
        Tally tally = cut.tally(query.indicator().code());
        Split split = new Split(reference, cut, tally, query, Optional.empty(), Math.toIntExact(today.toEpochDay()));
        return new Slice(split.groups(), split.dated(), on(query, moments(query, tally, split, today), today));
    }

    private List<Cell> cells(FigureQuery query, Split split, List<Moment> moments, Map<Long, long[]> rows) {
        boolean zeros = query.by().stream().allMatch(By.Year.class::isInstance);
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
        cells.sort(Comparator.comparing(cell -> String.join("\u0000", cell.at().values())));
        return cells;
    }

    private static Map<String, String> coordinates(FigureQuery query, Map<String, String> group, Moment moment) {
        Map<String, String> at = new LinkedHashMap<>();
        for (By by : query.by()) {
            at.put(
                    by.name(),
                    by instanceof By.Year ? String.valueOf(moment.year()) : group.getOrDefault(by.name(), ""));
        }
        return at;
    }

    private List<Moment> moments(FigureQuery query, Tally tally, Split split, LocalDate today) {
        int current = today.getYear();
        return switch (query.period()) {
            case Period.Current _ ->
                query.byYear()
                        ? years(firstYear(query, tally, split, current), current, today)
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

    private static int firstYear(FigureQuery query, Tally tally, Split split, int current) {
        Integer earliest = Scan.earliest(tally, split.groups());
        if (earliest == null) {
            return current;
        }
        int year = query.indicator().period() instanceof PeriodRule.FlowOfYear
                ? earliest
                : LocalDate.ofEpochDay(earliest).getYear();
        return Math.clamp(year, PeriodReader.FIRST_YEAR, current);
    }

    private static Moments on(FigureQuery query, List<Moment> moments, LocalDate today) {
        boolean years = query.indicator().period() instanceof PeriodRule.FlowOfYear;
        boolean stock = query.indicator().period() instanceof PeriodRule.Stock;
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
