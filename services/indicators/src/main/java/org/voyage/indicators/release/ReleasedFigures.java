package org.voyage.indicators.release;

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
import java.util.stream.Collectors;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.query.Answers.ReleaseAnswer;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.query.Wrong;
import org.voyage.indicators.reference.MemberList;
import org.voyage.indicators.reference.Reference;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/** Answers questions about figures of persons from what was released of them, and from nothing else. */
@ApplicationScoped
public class ReleasedFigures {

    private final Tables tables;
    private final ReleaseStore store;
    private final Reference reference;
    private final Clock clock;

    ReleasedFigures(Tables tables, ReleaseStore store, Reference reference, Clock clock) {
        this.tables = tables;
        this.store = store;
        this.reference = reference;
        this.clock = clock;
    }

    /**
     * @param query the question, about years that were released
     * @param cells a value that is not shown is null; what is shown as 0 is left out of a split, as elsewhere
     * @param whole the same split by nothing but the year
     * @param versions of the figure's definition, by which each of the years was counted
     */
    public record Answer(
            ReleaseAnswer release,
            FigureQuery query,
            List<Cell> cells,
            List<Cell> whole,
            NavigableMap<Integer, Integer> versions) {}

    /**
     * @throws Refusal.Forbidden when it asks for what is not released
     * @throws Refusal.Malformed when its years are not
     * @throws Refusal.Unavailable while the releases cannot be read
     */
    public Answer answer(Indicator figure, FigureQuery query) {
        String table = table(figure, query);
        try {
            ReleaseStore.Current current = store.current(figure.code()).orElseThrow(() -> notReleased(Set.of()));
            return answer(figure, about(query, current.byYear().navigableKeySet()), table, current);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    private Answer answer(Indicator figure, FigureQuery query, String table, ReleaseStore.Current current) {
        List<Cell> cells = new ArrayList<>();
        List<Cell> whole = new ArrayList<>();
        NavigableMap<Integer, Integer> versions = new TreeMap<>();
        List<By> years = query.by().stream().filter(By.Year.class::isInstance).toList();
        for (Map.Entry<Integer, Long> newest : current.byYear().entrySet()) {
            if (covers(query.period(), newest.getKey())) {
                Sheet sheet = store.sheet(figure.code(), newest.getKey(), newest.getValue());
                cells.addAll(cells(query, figure, table, sheet));
                whole.addAll(cells(query.split(years), figure, table, sheet));
                versions.put(sheet.year(), sheet.version());
            }
        }
        cells.sort(Figures.IN_ORDER);
        Release release = current.release();
        return new Answer(new ReleaseAnswer(release.number(), release.madeAt()), query, cells, whole, versions);
    }

    private String table(Indicator figure, FigureQuery query) {
        Set<String> dimensions = new LinkedHashSet<>(query.filters().keySet());
        List<ListMoment> lists = new ArrayList<>(query.lists());
        for (By by : query.by()) {
            switch (by) {
                case By.Year _ -> {}
                case By.Dimension dimension -> dimensions.add(dimension.name());
                case By.Membership membership -> lists.add(membership.list());
            }
        }
        for (ListMoment list : lists) {
            checkList(figure, list);
        }
        String table = tables.knowing(figure, dimensions, !lists.isEmpty());
        if (table == null) {
            List<String> known = tables.of(figure).keySet().stream()
                    .map(each -> String.join("+", tables.dimensions(figure, each)))
                    .toList();
            throw Wrong.outside(
                    "by",
                    "outside-table",
                    "Outside this figure is split and filtered by one of these at a time: " + String.join(", ", known)
                            + ".",
                    "对外只能按以下其中一组维度划分和筛选该指标：" + String.join("、", known) + "。");
        }
        return table;
    }

    private void checkList(Indicator figure, ListMoment list) {
        if (reference.list(list.list()).filter(MemberList::ofColleges).isPresent()) {
            throw Wrong.outside(
                    "list",
                    "outside-colleges",
                    "Outside there is nothing about colleges or lists of them.",
                    "对外不提供按院校或院校名单的数据。");
        }
        if (list.then() && figure.period() instanceof PeriodRule.FlowOnDate) {
            throw Wrong.outside(
                    "list",
                    "outside-list-then",
                    "Outside this figure is known by year only: ask for the members of today, " + list.list() + "@now.",
                    "对外该指标仅有年度数据，请使用当前成员口径：" + list.list() + "@now。");
        }
    }

    private static FigureQuery about(FigureQuery query, NavigableSet<Integer> released) {
        Period period = query.period();
        boolean known = switch (period) {
            case Period.Current _ -> !released.isEmpty();
            case Period.Year(int year) -> released.contains(year);
            case Period.Month _ ->
                throw Wrong.outside(
                        "period", "outside-years", "Outside this figure is known by year only.", "对外该指标仅有年度数据。");
            case Period.Years years when query.byYear() -> released.stream().anyMatch(year -> covers(years, year));
            case Period.Years _ ->
                throw Wrong.outside(
                        "period",
                        "outside-years",
                        "Outside this figure is known year by year; add by=year.",
                        "对外该指标按年度提供，请加上 by=year。");
        };
        if (!known) {
            throw notReleased(released);
        }
        if (!(period instanceof Period.Current)) {
            return query;
        }
        return query.in(
                query.byYear()
                        ? new Period.Years(released.first(), released.last())
                        : new Period.Year(released.last()));
    }

    private static boolean covers(Period period, int year) {
        return switch (period) {
            case Period.Current _ -> true;
            case Period.Year(int only) -> only == year;
            case Period.Years(int first, int last) -> first <= year && year <= last;
            case Period.Month _ -> false;
        };
    }

    private static Refusal notReleased(Set<Integer> released) {
        String known = new TreeSet<>(released).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return Wrong.of(
                "period",
                "not-released",
                "This was not released yet. Released: " + (known.isEmpty() ? "nothing" : known) + ".",
                "该期间的数据尚未发布。已发布：" + (known.isEmpty() ? "无" : known) + "。");
    }

    private List<Cell> cells(FigureQuery query, Indicator figure, String table, Sheet sheet) {
        Map<Map<String, String>, Set<String>> groups = new LinkedHashMap<>();
        if (query.hasZeros()) {
            groups.put(at(query, sheet.year(), "", 0), new LinkedHashSet<>());
        }
        int day = (int) LocalDate.of(sheet.year(), 12, 31).toEpochDay();
        for (String code : tables.codes(figure, table)) {
            if (passes(query, code, day)) {
                groups.computeIfAbsent(at(query, sheet.year(), code, day), at -> new LinkedHashSet<>())
                        .add(code);
            }
        }
        Part part = sheet.tables().get(table);
        List<Cell> cells = new ArrayList<>();
        groups.forEach((at, codes) -> {
            Long value =
                    part == null || !codes.isEmpty() && !part.knows(codes::contains) ? null : part.sum(codes::contains);
            if (value == null) {
                cells.add(Cell.suppressed(at));
            } else if (value != 0 || query.hasZeros()) {
                cells.add(new Cell(at, value));
            }
        });
        return cells;
    }

    private boolean passes(FigureQuery query, String code, int day) {
        return query.filters().entrySet().stream()
                        .allMatch(filter -> filter.getValue().contains(tables.code(filter.getKey(), code)))
                && query.lists().stream().allMatch(list -> list.means(isMember(list, code, day)));
    }

    private Map<String, String> at(FigureQuery query, int year, String code, int day) {
        Map<String, String> at = new LinkedHashMap<>();
        for (By by : query.by()) {
            at.put(
                    by.name(),
                    switch (by) {
                        case By.Year _ -> String.valueOf(year);
                        case By.Dimension dimension -> tables.code(dimension.name(), code);
                        case By.Membership membership -> membership.code(isMember(membership.list(), code, day));
                    });
        }
        return at;
    }

    private boolean isMember(ListMoment list, String code, int day) {
        int on = list.then() ? day : Math.toIntExact(LocalDate.now(clock).toEpochDay());
        return reference
                .list(list.list())
                .filter(members -> members.isMember(code, on))
                .isPresent();
    }
}
