package org.voyage.indicators.feature.preview;

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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.FigureCatalogue;
import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.feature.completeness.CoverageCalculator.ComparedYears;
import org.voyage.indicators.feature.completeness.ReportedYears;
import org.voyage.indicators.feature.preview.PreviewResponses.FigurePreview;
import org.voyage.indicators.feature.preview.PreviewResponses.RankPreview;
import org.voyage.indicators.feature.preview.PreviewResponses.YearPreview;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.reference.Geography;
import org.voyage.indicators.reference.ReferenceData;

/**
 * Calculator of the impact of changes: it compares all figures, counted and derived, at two views. One of the views is
 * hypothetical.
 */
@ApplicationScoped
public class ImpactCalculator {

    public static final Comparator<RankPreview> NEWEST_FIRST =
            Comparator.comparing(RankPreview::period, Comparator.reverseOrder());

    /** Orders by the absolute change of the value; ranks with an unchanged value come last. */
    public static final Comparator<RankPreview> MOST_MOVED_FIRST = Comparator.comparing(
                    ImpactCalculator::absoluteChange, Comparator.reverseOrder())
            .thenComparing(NEWEST_FIRST);

    /** Orders figures by the largest absolute difference of one of their years; equal ones by their codes. */
    public static final Comparator<FigurePreview> MOST_MOVED_FIGURE_FIRST = Comparator.comparing(
                    ImpactCalculator::largestDifference, Comparator.reverseOrder())
            .thenComparing(preview -> preview.indicator().code());

    private static final String PROVINCE_DIMENSION = "province";
    private static final String YEAR_NAME = "year";
    /** Limit for one breakdown; a threshold by country would read every college of each country in every year. */
    private static final int MAX_COMPARED_CELLS = 5_000_000;

    private final FigureCatalogue catalogue;
    private final FigureCalculator figures;
    private final ReferenceData reference;

    ImpactCalculator(FigureCatalogue catalogue, FigureCalculator figures, ReferenceData reference) {
        this.catalogue = catalogue;
        this.figures = figures.withMaxCells(MAX_COMPARED_CELLS);
        this.reference = reference;
    }

    /**
     * The parts of each figure's preview.
     *
     * @param dimensions the dimensions of values and ranks
     * @param order the order of the ranks
     * @param maxRanks maximum number of ranks
     */
    public record ImpactDisplay(ImpactDimensions dimensions, Comparator<RankPreview> order, int maxRanks) {}

    /** Dimensions of the previewed values. */
    public enum ImpactDimensions {
        /** Provinces and countries. */
        ON_MAPS,
        /** All dimensions that have a code list. */
        EVERYWHERE
    }

    /**
     * A side of a comparison.
     *
     * @param reported the years of a query that provinces had reported about
     */
    public record ComparedSide(FiguresView view, Function<FigureQuery, ReportedYears> reported) {}

    /** @param province the only one whose rank may be shown; empty when all may */
    public List<FigurePreview> findMoved(
            ComparedSide before, ComparedSide after, Optional<String> province, ImpactDisplay shown) {
        FiguresView now = before.view();
        FiguresView then = after.view();
        List<Figure> changed = catalogue.figures().stream()
                .filter(figure -> figure.countedFigures().stream()
                        .anyMatch(counted -> movedFields(now, then, counted).isPresent()))
                .toList();
        // Frozen and hypothetical views may be read by several threads.
        return changed.parallelStream()
                .flatMap(figure -> queryWithoutBreakdown(now, then, figure)
                        .map(total -> previewFigure(before, after, total, province, shown))
                        .filter(preview -> !preview.years().isEmpty()
                                || !preview.ranks().isEmpty()
                                || shown.dimensions() == ImpactDimensions.EVERYWHERE && figure instanceof CountedFigure)
                        .stream())
                .toList();
    }

    private static FigureQuery withDimension(FigureQuery total, String dimension) {
        List<Breakdown> by = new ArrayList<>(total.breakdowns());
        by.add(new Breakdown.DimensionBreakdown(dimension));
        return total.withBreakdowns(by);
    }

    /**
     * Returns the fields by which the figure changes; empty when it does not change. Either view may be the
     * hypothetical one.
     */
    private static Optional<Set<String>> movedFields(FiguresView now, FiguresView then, CountedFigure counted) {
        return now.movedFields(counted.code()).or(() -> then.movedFields(counted.code()));
    }

    /**
     * Returns the query for the total by year. A growth has its own years: from the first with a value to the last
     * finished one.
     */
    private Optional<FigureQuery> queryWithoutBreakdown(FiguresView now, FiguresView then, Figure figure) {
        FigureQuery byYear = yearQuery(figure);
        if (!(figure instanceof DerivedFigure derived
                && derived.rule() instanceof DerivationRule.GrowthRule(Figure of))) {
            return Optional.of(byYear);
        }
        int last = PeriodFilter.lastFinishedYear(figures.today());
        TreeSet<String> years = new TreeSet<>();
        for (FiguresView view : List.of(now, then)) {
            valuesByYear(view, yearQuery(of), "").getOrDefault("", Map.of()).forEach((year, value) -> {
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
                        new PeriodFilter.YearRangePeriod(Integer.parseInt(years.first()), last)));
    }

    private static FigureQuery yearQuery(Figure figure) {
        return new FigureQuery(
                figure, List.of(new Breakdown.YearBreakdown()), Map.of(), List.of(), new PeriodFilter.CurrentPeriod());
    }

    private FigurePreview previewFigure(
            ComparedSide before,
            ComparedSide after,
            FigureQuery total,
            Optional<String> province,
            ImpactDisplay shown) {
        FiguresView now = before.view();
        FiguresView then = after.view();
        List<String> dimensions = movedDimensions(now, then, total.figure());
        List<RankPreview> ranks =
                compareRanks(now, then, total, shownDimensions(now, then, total.figure(), shown), province);
        ranks.sort(shown.order());
        List<RankPreview> first = ranks.subList(0, Math.min(shown.maxRanks(), ranks.size()));
        return new FigurePreview(
                FigureHeading.of(total.figure()),
                compareYears(before, after, total),
                first,
                ranks.size() - first.size(),
                total.figure() instanceof CountedFigure ? dimensions : null);
    }

    /** Returns the dimensions by which the figure changes. A derived figure may change by any dimension. */
    private List<String> movedDimensions(FiguresView now, FiguresView then, Figure figure) {
        if (!(figure instanceof CountedFigure counted)) {
            return figure.dimensions();
        }
        Set<String> fields = movedFields(now, then, counted).orElse(Set.of());
        String country = countryDimension(figure).orElse("");
        return figure.dimensions().stream()
                .filter(dimension ->
                        fields.contains(Geography.DERIVED_DIMENSIONS.contains(dimension) ? country : dimension))
                .toList();
    }

    private List<String> shownDimensions(FiguresView now, FiguresView then, Figure figure, ImpactDisplay shown) {
        return movedDimensions(now, then, figure).stream()
                .filter(dimension -> isShown(shown.dimensions(), figure, dimension))
                .toList();
    }

    private boolean isShown(ImpactDimensions places, Figure figure, String dimension) {
        return switch (places) {
            case ON_MAPS ->
                dimension.equals(PROVINCE_DIMENSION)
                        || countryDimension(figure).filter(dimension::equals).isPresent();
            case EVERYWHERE -> reference.findCodes(figure.records(), dimension).isPresent();
        };
    }

    private Optional<String> countryDimension(Figure figure) {
        return reference.geography().findCountryField(figure.dimensions());
    }

    private List<YearPreview> compareYears(ComparedSide now, ComparedSide then, FigureQuery total) {
        Map<String, BigDecimal> before = valuesByYear(now.view(), total, "").getOrDefault("", Map.of());
        Map<String, BigDecimal> after = valuesByYear(then.view(), total, "").getOrDefault("", Map.of());
        ReportedYears reportedBefore = now.reported().apply(total);
        ReportedYears reportedAfter = then.reported().apply(total);
        List<YearPreview> years = new ArrayList<>();
        for (String year : unionOfKeys(before, after)) {
            BigDecimal was = valueOrDefault(before, year, total);
            BigDecimal is = valueOrDefault(after, year, total);
            if (!isSameValue(ResultCell.roundForDisplay(was), ResultCell.roundForDisplay(is))) {
                List<Integer> compared =
                        ComparedYears.of(total, year, figures.today()).years();
                years.add(YearPreview.of(
                        year,
                        ResultCell.roundForDisplay(was),
                        reportedBefore.isUnknown(was, compared),
                        ResultCell.roundForDisplay(is),
                        reportedAfter.isUnknown(is, compared),
                        percentChange(was, is)));
            }
        }
        return years;
    }

    /** Compares the ranks of every year by the code of the dimension. */
    private List<RankPreview> compareRanks(
            FiguresView now, FiguresView then, FigureQuery total, List<String> dimensions, Optional<String> province) {
        List<RankPreview> ranks = new ArrayList<>();
        for (String dimension : dimensions) {
            FigureQuery split = withDimension(total, dimension);
            Map<String, Map<String, BigDecimal>> before = valuesByYear(now, split, dimension);
            Map<String, Map<String, BigDecimal>> after = valuesByYear(then, split, dimension);
            for (String year : unionOfKeys(before, after)) {
                compareRanks(total, year, dimension, before, after).stream()
                        .filter(rank -> !dimension.equals(PROVINCE_DIMENSION)
                                || province.map(rank.code()::equals).orElse(true))
                        .forEach(ranks::add);
            }
        }
        return ranks;
    }

    private static List<RankPreview> compareRanks(
            FigureQuery total,
            String year,
            String dimension,
            Map<String, Map<String, BigDecimal>> before,
            Map<String, Map<String, BigDecimal>> after) {
        Map<String, BigDecimal> was = before.getOrDefault(year, Map.of());
        Map<String, BigDecimal> is = after.getOrDefault(year, Map.of());
        Map<String, Integer> wasAt = rankPlaces(was);
        Map<String, Integer> isAt = rankPlaces(is);
        List<RankPreview> ranks = new ArrayList<>();
        for (String code : unionOfKeys(was, is)) {
            Integer placeBefore = wasAt.get(code);
            Integer placeAfter = isAt.get(code);
            if (!isSameValue(
                            ResultCell.roundForDisplay(valueOrDefault(was, code, total)),
                            ResultCell.roundForDisplay(valueOrDefault(is, code, total)))
                    || !Objects.equals(placeBefore, placeAfter)) {
                ranks.add(new RankPreview(
                        year,
                        dimension,
                        code,
                        ResultCell.roundForDisplay(valueOrDefault(was, code, total)),
                        ResultCell.roundForDisplay(valueOrDefault(is, code, total)),
                        placeBefore,
                        placeAfter));
            }
        }
        return ranks;
    }

    /** Returns the ranks of the values; equal values have the same rank. */
    private static Map<String, Integer> rankPlaces(Map<String, BigDecimal> values) {
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

    /** Returns the values by year or queried period, then by the code of the dimension; without absent values. */
    private Map<String, Map<String, BigDecimal>> valuesByYear(FiguresView view, FigureQuery query, String dimension) {
        boolean total = dimension.isEmpty();
        Map<String, Map<String, BigDecimal>> values = new TreeMap<>();
        for (ResultCell cell : figures.computeCells(view, query, Optional.empty())) {
            String year =
                    cell.coordinates().getOrDefault(YEAR_NAME, query.period().toString());
            String code = total ? "" : cell.coordinates().getOrDefault(dimension, "");
            if (cell.exact() != null && !code.equals(CodeDictionary.ABSENT_TEXT)) {
                values.computeIfAbsent(total ? "" : year, key -> new HashMap<>())
                        .put(total ? year : code, cell.exact());
            }
        }
        return values;
    }

    /** Returns the default for an absent value: 0 for a count of nothing, null for a share of nothing. */
    private static @Nullable BigDecimal valueOrDefault(Map<String, BigDecimal> values, String key, FigureQuery query) {
        BigDecimal value = values.get(key);
        return value == null && query.figure().isCount() ? BigDecimal.ZERO : value;
    }

    private static boolean isSameValue(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null || b == null ? a == b : a.compareTo(b) == 0;
    }

    private static @Nullable BigDecimal percentChange(@Nullable BigDecimal was, @Nullable BigDecimal is) {
        BigDecimal from = ResultCell.roundForDisplay(was);
        BigDecimal to = ResultCell.roundForDisplay(is);
        return from == null || to == null ? null : ResultCell.stripDecimals(to.subtract(from));
    }

    /** Returns the change of the value; the whole value when the other one is absent. */
    private static BigDecimal absoluteChange(RankPreview rank) {
        return orZero(rank.after()).subtract(orZero(rank.before())).abs();
    }

    private static BigDecimal largestDifference(FigurePreview preview) {
        return preview.years().stream()
                .map(year ->
                        orZero(year.after()).subtract(orZero(year.before())).abs())
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private static <T> TreeSet<String> unionOfKeys(Map<String, T> before, Map<String, T> after) {
        TreeSet<String> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        return all;
    }
}
