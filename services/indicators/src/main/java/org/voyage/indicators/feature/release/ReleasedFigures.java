package org.voyage.indicators.feature.release;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.indicators.query.ResultCell;
import org.voyage.indicators.reference.MembershipList;
import org.voyage.indicators.reference.ReferenceData;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Query service for readers outside. It answers from the released sheets of the figures of persons and from nothing
 * else.
 */
@ApplicationScoped
public class ReleasedFigures {

    private static final String YEAR_BREAKDOWN = "year";

    private final ReleaseTables tables;
    private final ReleaseStore store;
    private final ReferenceData reference;
    private final Clock clock;

    ReleasedFigures(ReleaseTables tables, ReleaseStore store, ReferenceData reference, Clock clock) {
        this.tables = tables;
        this.store = store;
        this.reference = reference;
        this.clock = clock;
    }

    /**
     * @param query the query, about years that were released
     * @param cells a suppressed value is null; a breakdown omits values shown as 0, as elsewhere
     * @param totals the same query broken down by the year only
     * @param versions definition version of each year
     * @param unreported the years that no province had reported about
     * @param lastReported the last released year, up to the last one of the answer, with a report; null when there is none
     * @param releases release of the sheet of each year
     * @param headlineYear the newest released year that most provinces had reported about; null when there is none
     */
    public record ReleasedAnswer(
            ReleaseAnswer release,
            FigureQuery query,
            List<ResultCell> cells,
            List<ResultCell> totals,
            NavigableMap<Integer, Integer> versions,
            TreeSet<Integer> unreported,
            @Nullable Integer lastReported,
            NavigableMap<Integer, Long> releases,
            @Nullable Integer headlineYear) {

        /** Returns the number of the release whose sheet shows a year. */
        public long releaseOf(int year) {
            return releases.getOrDefault(year, release.number());
        }

        /** Returns whether any province had reported about the year of a value. */
        public boolean isReported(Map<String, String> coordinates) {
            String year = coordinates.get(YEAR_BREAKDOWN);
            return !unreported.contains(year == null ? versions.lastKey() : Integer.valueOf(year));
        }
    }

    /**
     * @throws Refusal.Forbidden when the query needs more than the released tables
     * @throws Refusal.Malformed when its years are not released
     * @throws Refusal.Unavailable while the releases cannot be read
     */
    public ReleasedAnswer answerQuery(CountedFigure figure, FigureQuery query) {
        String table = findTable(figure, query);
        try {
            ReleaseStore.CurrentRelease current =
                    store.findCurrent(figure.code()).orElseThrow(() -> unreleasedRefusal(Set.of()));
            Integer headline = findHeadlineYear(figure, current);
            return answerFromTable(
                    figure,
                    restrictToReleased(query, current.byYear().navigableKeySet(), headline),
                    table,
                    current,
                    headline);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /**
     * Returns the newest released year that most provinces had reported about; null when there is none.
     *
     * @throws Refusal.Unavailable while the releases cannot be read
     */
    public @Nullable Integer findHeadlineYear(CountedFigure figure) {
        try {
            return store.findCurrent(figure.code())
                    .map(current -> findHeadlineYear(figure, current))
                    .orElse(null);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private @Nullable Integer findHeadlineYear(CountedFigure figure, ReleaseStore.CurrentRelease current) {
        return findNewestYear(figure, current.byYear(), sheet -> sheet.isReported() && sheet.isMostlyReported());
    }

    private ReleasedAnswer answerFromTable(
            CountedFigure figure,
            FigureQuery query,
            String table,
            ReleaseStore.CurrentRelease current,
            @Nullable Integer headline) {
        List<ResultCell> cells = new ArrayList<>();
        List<ResultCell> whole = new ArrayList<>();
        NavigableMap<Integer, Integer> versions = new TreeMap<>();
        TreeSet<Integer> unreported = new TreeSet<>();
        List<Breakdown> years = query.breakdowns().stream()
                .filter(Breakdown.YearBreakdown.class::isInstance)
                .toList();
        for (Map.Entry<Integer, Long> newest : current.byYear().entrySet()) {
            if (includesYear(query.period(), newest.getKey())) {
                ReleasedSheet sheet = store.readSheet(figure.code(), newest.getKey(), newest.getValue());
                cells.addAll(cellsOf(query, figure, table, sheet));
                whole.addAll(cellsOf(query.withBreakdowns(years), figure, table, sheet));
                versions.put(sheet.year(), sheet.version());
                if (!sheet.isReported()) {
                    unreported.add(sheet.year());
                }
            }
        }
        FigureRelease release = current.release();
        return new ReleasedAnswer(
                new ReleaseAnswer(release.number(), release.madeAt()),
                query,
                ResultCell.sortByPlace(cells),
                whole,
                versions,
                unreported,
                unreported.isEmpty()
                        ? null
                        : findNewestYear(
                                figure, current.byYear().headMap(versions.lastKey(), true), ReleasedSheet::isReported),
                current.byYear(),
                headline);
    }

    private @Nullable Integer findNewestYear(
            CountedFigure figure, NavigableMap<Integer, Long> released, Predicate<ReleasedSheet> wanted) {
        return released.descendingMap().entrySet().stream()
                .filter(newest -> wanted.test(store.readSheet(figure.code(), newest.getKey(), newest.getValue())))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private String findTable(CountedFigure figure, FigureQuery query) {
        Set<String> dimensions = new LinkedHashSet<>(query.filters().keySet());
        List<ListCriterion> lists = new ArrayList<>(query.listFilters());
        for (Breakdown breakdown : query.breakdowns()) {
            switch (breakdown) {
                case Breakdown.YearBreakdown _ -> {}
                case Breakdown.DimensionBreakdown dimension -> dimensions.add(dimension.name());
                case Breakdown.MembershipBreakdown membership -> lists.add(membership.criterion());
            }
        }
        for (ListCriterion list : lists) {
            requireReleasedList(figure, list);
        }
        String table = tables.findTable(figure, dimensions, !lists.isEmpty());
        if (table == null) {
            List<String> known = tables.tablesOf(figure).keySet().stream()
                    .map(each -> String.join("+", tables.dimensionsOf(figure, each)))
                    .toList();
            throw QueryRefusals.forbidden(
                    "by",
                    "outside-table",
                    "Outside this figure is split and filtered by one of these at a time: " + String.join(", ", known)
                            + ".",
                    "对外只能按以下其中一组维度划分和筛选该指标：" + String.join("、", known) + "。");
        }
        return table;
    }

    private void requireReleasedList(CountedFigure figure, ListCriterion list) {
        if (reference.findList(list.list()).filter(MembershipList::ofColleges).isPresent()) {
            throw QueryRefusals.forbidden(
                    "list",
                    "outside-colleges",
                    "Outside there is nothing about colleges or lists of them.",
                    "对外不提供按院校或院校名单的数据。");
        }
        if (list.isAsThen() && figure.period() instanceof PeriodRule.DateFlowPeriodRule) {
            throw QueryRefusals.forbidden(
                    "list",
                    "outside-list-then",
                    "Outside this figure is known by year only: ask for the members of today, " + list.list() + "@now.",
                    "对外该指标仅有年度数据，请使用当前成员口径：" + list.list() + "@now。");
        }
    }

    /** @param headline year of a query without a period and without a breakdown by year; null for the last one */
    private static FigureQuery restrictToReleased(
            FigureQuery query, NavigableSet<Integer> released, @Nullable Integer headline) {
        PeriodFilter period = query.period();
        boolean known = switch (period) {
            case PeriodFilter.CurrentPeriod _ -> !released.isEmpty();
            case PeriodFilter.YearPeriod(int year) -> released.contains(year);
            case PeriodFilter.MonthPeriod _ ->
                throw QueryRefusals.forbidden(
                        "period", "outside-years", "Outside this figure is known by year only.", "对外该指标仅有年度数据。");
            case PeriodFilter.YearRangePeriod years
            when query.isByYear() -> released.stream().anyMatch(year -> includesYear(years, year));
            case PeriodFilter.YearRangePeriod _ ->
                throw QueryRefusals.forbidden(
                        "period",
                        "outside-years",
                        "Outside this figure is known year by year; add by=year.",
                        "对外该指标按年度提供，请加上 by=year。");
        };
        if (!known) {
            throw unreleasedRefusal(released);
        }
        if (!(period instanceof PeriodFilter.CurrentPeriod)) {
            return query;
        }
        return query.withPeriod(
                query.isByYear()
                        ? new PeriodFilter.YearRangePeriod(released.first(), released.last())
                        : new PeriodFilter.YearPeriod(headline == null ? released.last() : headline));
    }

    private static boolean includesYear(PeriodFilter period, int year) {
        return switch (period) {
            case PeriodFilter.CurrentPeriod _ -> true;
            case PeriodFilter.YearPeriod(int only) -> only == year;
            case PeriodFilter.YearRangePeriod(int first, int last) -> first <= year && year <= last;
            case PeriodFilter.MonthPeriod _ -> false;
        };
    }

    private static Refusal unreleasedRefusal(Set<Integer> released) {
        String known = new TreeSet<>(released).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return QueryRefusals.malformed(
                "period",
                "not-released",
                "This was not released yet. Released: " + (known.isEmpty() ? "nothing" : known) + ".",
                "该期间的数据尚未发布。已发布：" + (known.isEmpty() ? "无" : known) + "。");
    }

    private List<ResultCell> cellsOf(FigureQuery query, CountedFigure figure, String table, ReleasedSheet sheet) {
        Map<Map<String, String>, Set<String>> groups = new LinkedHashMap<>();
        if (query.includesZeros()) {
            groups.put(coordinatesOf(query, sheet.year(), "", 0), new LinkedHashSet<>());
        }
        int day = (int) LocalDate.of(sheet.year(), 12, 31).toEpochDay();
        for (String code : tables.codesOf(figure, table)) {
            if (matchesFilters(query, code, day)) {
                groups.computeIfAbsent(coordinatesOf(query, sheet.year(), code, day), at -> new LinkedHashSet<>())
                        .add(code);
            }
        }
        ReleasedNode part = sheet.tables().get(table);
        List<ResultCell> cells = new ArrayList<>();
        groups.forEach((at, codes) -> {
            Long value = part == null || !codes.isEmpty() && !part.coversAny(codes::contains)
                    ? null
                    : part.sumOpen(codes::contains);
            if (value == null) {
                cells.add(ResultCell.suppressed(at));
            } else if (value != 0 || query.includesZeros()) {
                cells.add(new ResultCell(at, value));
            }
        });
        return cells;
    }

    private boolean matchesFilters(FigureQuery query, String code, int day) {
        return query.filters().entrySet().stream()
                        .allMatch(filter -> filter.getValue().contains(tables.codeOf(filter.getKey(), code)))
                && query.listFilters().stream().allMatch(list -> list.matchesMember(isMember(list, code, day)));
    }

    private Map<String, String> coordinatesOf(FigureQuery query, int year, String code, int day) {
        Map<String, String> at = new LinkedHashMap<>();
        for (Breakdown breakdown : query.breakdowns()) {
            at.put(
                    breakdown.name(),
                    switch (breakdown) {
                        case Breakdown.YearBreakdown _ -> String.valueOf(year);
                        case Breakdown.DimensionBreakdown dimension -> tables.codeOf(dimension.name(), code);
                        case Breakdown.MembershipBreakdown membership ->
                            membership.memberCode(isMember(membership.criterion(), code, day));
                    });
        }
        return at;
    }

    private boolean isMember(ListCriterion list, String code, int day) {
        int on = list.isAsThen() ? day : Math.toIntExact(LocalDate.now(clock).toEpochDay());
        return reference
                .findList(list.list())
                .filter(members -> members.isMember(code, on))
                .isPresent();
    }
}
