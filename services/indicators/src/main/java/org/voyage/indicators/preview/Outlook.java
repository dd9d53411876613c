package org.voyage.indicators.preview;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Catalogue;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.preview.PreviewAnswers.FigurePreview;
import org.voyage.indicators.preview.PreviewAnswers.RankPreview;
import org.voyage.indicators.preview.PreviewAnswers.YearPreview;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.Reference;

/** Compares figures at two cuts, one of them imagined: those that are counted, and what is derived from them. */
@ApplicationScoped
public class Outlook {

    public static final Comparator<RankPreview> NEWEST_FIRST =
            Comparator.comparing(RankPreview::year, Comparator.reverseOrder());

    /** By how much the value is another; last those of which only the place is. */
    public static final Comparator<RankPreview> MOST_MOVED_FIRST =
            Comparator.comparing(Outlook::distance, Comparator.reverseOrder()).thenComparing(NEWEST_FIRST);

    private static final String PROVINCE = "province";
    private static final String YEAR = "year";
    /** Of one look, which is not answered: a threshold by country looks at every college of each in every year. */
    private static final int MOST_CELLS = 5_000_000;

    private final Catalogue catalogue;
    private final Figures figures;
    private final Reference reference;

    Outlook(Catalogue catalogue, Figures figures, Reference reference) {
        this.catalogue = catalogue;
        this.figures = figures.upTo(MOST_CELLS);
        this.reference = reference;
    }

    /**
     * What of each figure is shown.
     *
     * @param places by which dimensions values and their places are looked at
     * @param order which of them come first
     * @param most how many
     */
    public record Shown(Places places, Comparator<RankPreview> order, int most) {}

    /** Dimensions by which values are looked at. */
    public enum Places {
        /** Provinces and countries. */
        ON_MAPS,
        /** All that have a list of codes. */
        EVERYWHERE
    }

    /** @param province the only one whose place may be shown; empty when all may */
    public List<FigurePreview> moved(Cut now, Cut then, Optional<String> province, Shown shown) {
        List<FigurePreview> moved = new ArrayList<>();
        for (Figure figure : catalogue.figures()) {
            if (figure.counted().stream()
                    .anyMatch(counted -> fields(now, then, counted).isPresent())) {
                asked(now, then, figure)
                        .map(total -> preview(now, then, total, province, shown))
                        .filter(preview -> !preview.years().isEmpty()
                                || !preview.ranks().isEmpty()
                                || shown.places() == Places.EVERYWHERE && figure instanceof Indicator)
                        .ifPresent(moved::add);
            }
        }
        return moved;
    }

    /** The fields by which it moves; empty when it does not. Either cut may be the one that is imagined. */
    private static Optional<Set<String>> fields(Cut now, Cut then, Indicator counted) {
        return now.moved(counted.code()).or(() -> then.moved(counted.code()));
    }

    /** The whole by year; of a growth, which has its own years, that from the first to the last one that is over. */
    private Optional<FigureQuery> asked(Cut now, Cut then, Figure figure) {
        FigureQuery byYear = byYear(figure);
        if (!(figure instanceof Derived derived && derived.rule() instanceof Rule.Growth(Figure of))) {
            return Optional.of(byYear);
        }
        int last = Period.lastFinished(figures.today());
        TreeSet<String> years = new TreeSet<>();
        for (Cut cut : List.of(now, then)) {
            values(cut, byYear(of), "").getOrDefault("", Map.of()).forEach((year, value) -> {
                if (value.signum() > 0) {
                    years.add(year);
                }
            });
        }
        return years.isEmpty() || Integer.parseInt(years.first()) >= last
                ? Optional.empty()
                : Optional.of(new FigureQuery(
                        figure,
                        List.of(),
                        Map.of(),
                        List.of(),
                        new Period.Years(Integer.parseInt(years.first()), last)));
    }

    private static FigureQuery byYear(Figure figure) {
        return new FigureQuery(figure, List.of(new By.Year()), Map.of(), List.of(), new Period.Current());
    }

    private FigurePreview preview(Cut now, Cut then, FigureQuery total, Optional<String> province, Shown shown) {
        List<String> dimensions = dimensions(now, then, total.indicator());
        List<RankPreview> ranks = ranks(
                now,
                then,
                total,
                dimensions.stream()
                        .filter(dimension -> isLookedAt(shown.places(), total.indicator(), dimension))
                        .toList(),
                province);
        ranks.sort(shown.order());
        List<RankPreview> first = ranks.subList(0, Math.min(shown.most(), ranks.size()));
        return new FigurePreview(
                Heading.of(total.indicator()),
                years(now, then, total),
                first,
                ranks.size() - first.size(),
                total.indicator() instanceof Indicator ? dimensions : null);
    }

    /** By which it moves; what is derived from others may by any, whichever they move by. */
    private List<String> dimensions(Cut now, Cut then, Figure figure) {
        if (!(figure instanceof Indicator counted)) {
            return figure.dimensions();
        }
        Set<String> fields = fields(now, then, counted).orElse(Set.of());
        String country = country(figure).orElse("");
        return figure.dimensions().stream()
                .filter(dimension -> fields.contains(Geography.DERIVED.contains(dimension) ? country : dimension))
                .toList();
    }

    private boolean isLookedAt(Places places, Figure figure, String dimension) {
        return switch (places) {
            case ON_MAPS ->
                dimension.equals(PROVINCE)
                        || country(figure).filter(dimension::equals).isPresent();
            case EVERYWHERE -> reference.codes(figure.records(), dimension).isPresent();
        };
    }

    private Optional<String> country(Figure figure) {
        return reference.geography().countryField(figure.dimensions());
    }

    private List<YearPreview> years(Cut now, Cut then, FigureQuery total) {
        Map<String, BigDecimal> before = values(now, total, "").getOrDefault("", Map.of());
        Map<String, BigDecimal> after = values(then, total, "").getOrDefault("", Map.of());
        List<YearPreview> years = new ArrayList<>();
        for (String year : all(before, after)) {
            BigDecimal was = at(before, year, total);
            BigDecimal is = at(after, year, total);
            if (!same(Cell.shown(was), Cell.shown(is))) {
                years.add(new YearPreview(year, Cell.shown(was), Cell.shown(is), change(was, is)));
            }
        }
        return years;
    }

    /** Of every year, by the code of the dimension. */
    private List<RankPreview> ranks(
            Cut now, Cut then, FigureQuery total, List<String> dimensions, Optional<String> province) {
        List<RankPreview> ranks = new ArrayList<>();
        for (String dimension : dimensions) {
            List<By> by = new ArrayList<>(total.by());
            by.add(new By.Dimension(dimension));
            Map<String, Map<String, BigDecimal>> before = values(now, total.split(by), dimension);
            Map<String, Map<String, BigDecimal>> after = values(then, total.split(by), dimension);
            for (String year : all(before, after)) {
                ranks(total, year, dimension, before, after).stream()
                        .filter(rank -> !dimension.equals(PROVINCE)
                                || province.map(rank.code()::equals).orElse(true))
                        .forEach(ranks::add);
            }
        }
        return ranks;
    }

    private static List<RankPreview> ranks(
            FigureQuery total,
            String year,
            String dimension,
            Map<String, Map<String, BigDecimal>> before,
            Map<String, Map<String, BigDecimal>> after) {
        Map<String, BigDecimal> was = before.getOrDefault(year, Map.of());
        Map<String, BigDecimal> is = after.getOrDefault(year, Map.of());
        Map<String, Integer> wasAt = places(was);
        Map<String, Integer> isAt = places(is);
        List<RankPreview> ranks = new ArrayList<>();
        for (String code : all(was, is)) {
            Integer placeBefore = wasAt.get(code);
            Integer placeAfter = isAt.get(code);
            if (!same(Cell.shown(at(was, code, total)), Cell.shown(at(is, code, total)))
                    || !Objects.equals(placeBefore, placeAfter)) {
                ranks.add(new RankPreview(
                        year,
                        dimension,
                        code,
                        Cell.shown(at(was, code, total)),
                        Cell.shown(at(is, code, total)),
                        placeBefore,
                        placeAfter));
            }
        }
        return ranks;
    }

    /** Equal values have the same place. */
    private static Map<String, Integer> places(Map<String, BigDecimal> values) {
        List<Map.Entry<String, BigDecimal>> largestFirst = new ArrayList<>(values.entrySet());
        largestFirst.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
        Map<String, Integer> places = new HashMap<>();
        int place = 0;
        for (int i = 0; i < largestFirst.size(); i++) {
            boolean smaller = i == 0
                    || largestFirst
                                    .get(i)
                                    .getValue()
                                    .compareTo(largestFirst.get(i - 1).getValue())
                            != 0;
            place = smaller ? i + 1 : place;
            places.put(largestFirst.get(i).getKey(), place);
        }
        return places;
    }

    /** By year, or whatever period is asked for, and by the code of the dimension; what has no value is left out. */
    private Map<String, Map<String, BigDecimal>> values(Cut cut, FigureQuery query, String dimension) {
        boolean total = dimension.isEmpty();
        Map<String, Map<String, BigDecimal>> values = new TreeMap<>();
        for (Cell cell : figures.cells(cut, query, Optional.empty())) {
            String year = cell.at().getOrDefault(YEAR, query.period().toString());
            String code = total ? "" : cell.at().getOrDefault(dimension, "");
            if (cell.exact() != null && !code.equals(Dictionary.ABSENT_TEXT)) {
                values.computeIfAbsent(total ? "" : year, key -> new HashMap<>())
                        .put(total ? year : code, cell.exact());
            }
        }
        return values;
    }

    /** What stands where nothing stands: a count of nothing is 0, a share of nothing is none. */
    private static @Nullable BigDecimal at(Map<String, BigDecimal> values, String key, FigureQuery query) {
        BigDecimal value = values.get(key);
        return value == null && query.indicator().isCount() ? BigDecimal.ZERO : value;
    }

    private static boolean same(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }

    private static @Nullable BigDecimal change(@Nullable BigDecimal was, @Nullable BigDecimal is) {
        BigDecimal from = Cell.shown(was);
        BigDecimal to = Cell.shown(is);
        return from == null || to == null ? null : Cell.whole(to.subtract(from));
    }

    /** Where there was or will be nothing, the whole value. */
    private static BigDecimal distance(RankPreview rank) {
        return orZero(rank.after()).subtract(orZero(rank.before())).abs();
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private static <T> TreeSet<String> all(Map<String, T> before, Map<String, T> after) {
        TreeSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        return all;
    }
}
