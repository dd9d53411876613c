package org.voyage.indicators.values;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.asof.DefinitionsThen;
import org.voyage.indicators.completeness.Coverage;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.format.Report;
import org.voyage.indicators.format.Table;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Rule;
import org.voyage.indicators.indicator.Text;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.Answers.CoverageYear;
import org.voyage.indicators.query.Answers.Heading;
import org.voyage.indicators.query.Answers.NoteAnswer;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Answers.ReleaseAnswer;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.ListMoment;
import org.voyage.indicators.query.Sight;
import org.voyage.indicators.query.Sights;
import org.voyage.indicators.query.Wrong;
import org.voyage.indicators.release.ReleasedFigures;

/** Counts everything that a request asks for at one cut, and makes the report of it. */
@ApplicationScoped
class Counting {

    private static final NoteAnswer DISTINCT = new NoteAnswer(
            "others-do-not-add-up",
            "该指标为去重计数，其余各项不可相加，因此没有“其他”。",
            "The indicator counts each thing once: the rest does not add up, so there are no others.");
    private static final NoteAnswer DERIVED = new NoteAnswer(
            "others-do-not-add-up",
            "该指标由其他指标派生，其余各项不可相加，因此没有“其他”。",
            "The indicator is derived from others: the rest does not add up, so there are no others.");

    private static final NoteAnswer NOTHING_KNOWN = new NoteAnswer(
            "nothing-known",
            "在该时刻，平台尚未收到该指标所统计的任何记录：0 或空值表示未知，不表示不存在。",
            "At that moment nothing was known yet of the records that the figure counts: 0, or no value, says that, not that"
                    + " there was none.");
    private static final NoteAnswer DEFINED_LATER = new NoteAnswer(
            "defined-later",
            "在该时刻，平台尚未定义该指标：按其最早的定义计算。",
            "The figure was not defined here yet at that moment: it is counted by its first definition.");
    private static final NoteAnswer COVERAGE_THEN = new NoteAnswer(
            "coverage-then",
            "过去时刻的 coverage 仅含 known、provinces、missing、added、fewer、more 和 warning：平台不保存文件、年度关闭和计划在当时的状态。",
            "Of a past moment coverage says known, provinces, missing, added, fewer, more and warning only: how files, the closing"
                    + " of years and plans stood then is not kept.");

    private static final String PROVINCE = "province";

    private final Sights sights;
    private final Figures figures;
    private final Remembered remembered;
    private final Standstill standstill;
    private final Columns columns;
    private final Coverage coverage;
    private final DefinitionsThen definitions;
    private final int maxCells;

    Counting(
            Sights sights,
            Figures figures,
            Remembered remembered,
            Standstill standstill,
            Columns columns,
            Coverage coverage,
            DefinitionsThen definitions,
            IndicatorsConfig config) {
        this.sights = sights;
        this.figures = figures;
        this.remembered = remembered;
        this.standstill = standstill;
        this.columns = columns;
        this.coverage = coverage;
        this.definitions = definitions;
        this.maxCells = config.maxCells();
    }

    /**
     * @param coverage of each figure; empty when it is not told
     * @param stale of each figure, how many records are counted as before a change that could not be read
     * @param today the day on which the answer stands
     * @param past whether it is about a moment that has passed
     */
    private record Seen(
            List<Counted> counted,
            List<Coverage.Seen> coverage,
            List<Long> stale,
            Instant time,
            LocalDate today,
            boolean past) {}

    /**
     * @param horizon the past moment that is asked about; null for now
     * @param province the only province whose own values may appear; empty when all may
     */
    Report report(List<FigureQuery> queries, Wanted wanted, @Nullable Horizon horizon, Optional<String> province) {
        return report(
                horizon == null ? now(queries, wanted, province, true) : then(queries, wanted, horizon, province),
                wanted,
                province);
    }

    /** What readers outside are answered about an open figure; who has sent what is not theirs to know. */
    Report open(FigureQuery query, Wanted wanted) {
        return report(now(List.of(query), wanted, Optional.empty(), false), wanted, Optional.empty());
    }

    private Report report(Seen seen, Wanted wanted, Optional<String> province) {
        Map<String, Map<String, Long>> topics = new TreeMap<>();
        seen.counted().forEach(counted -> topics.putAll(counted.offsets()));
        return new Report(
                new PositionAnswer(topics, seen.time()),
                IntStream.range(0, seen.counted().size())
                        .mapToObj(i -> table(seen, i, wanted, province))
                        .toList());
    }

    private Table table(Seen seen, int which, Wanted wanted, Optional<String> province) {
        Counted counted = seen.counted().get(which);
        List<CoverageYear> years = seen.coverage().isEmpty() ? List.of() : years(seen, which, province);
        Instant then = seen.past() ? seen.time() : null;
        return table(
                counted,
                wanted,
                Heading.of(counted.query().indicator()),
                null,
                years,
                notes(counted, wanted, years, seen.stale().get(which), then));
    }

    /** What readers outside are answered about a figure of persons; where the log stood is not theirs to know. */
    Report report(ReleasedFigures.Answer answer, Wanted wanted) {
        FigureQuery query = answer.query();
        List<Counted> counted = new ArrayList<>();
        add(
                counted,
                new Counted(
                        query,
                        answer.cells(),
                        wanted.whole() ? answer.whole() : List.of(),
                        figures.emptyLists(query),
                        List.of(),
                        figures.periodText(query, answer.cells()),
                        Map.of()));
        List<NoteAnswer> notes = notes(counted.getFirst(), wanted, List.of(), 0, null);
        int version = answer.versions().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(query.indicator().version());
        notes.addAll(otherVersions(answer.versions(), version));
        Heading heading = Heading.of(query.indicator(), version);
        return new Report(
                new PositionAnswer(Map.of(), answer.release().at()),
                List.of(table(counted.getFirst(), wanted, heading, answer.release(), List.of(), notes)));
    }

    /** Of years that were released by an older definition than the answer names. */
    private static List<NoteAnswer> otherVersions(Map<Integer, Integer> versions, int named) {
        String older = versions.entrySet().stream()
                .filter(year -> year.getValue() != named)
                .map(year -> year.getKey() + " (" + year.getValue() + ")")
                .collect(Collectors.joining(", "));
        return older.isEmpty()
                ? List.of()
                : List.of(new NoteAnswer(
                        "older-definition",
                        "以下年度按较早版本（括号内）的定义计算并发布：" + older + "。",
                        "These years were released by an older version (in brackets) of the definition: " + older
                                + "."));
    }

    private List<CoverageYear> years(Seen seen, int which, Optional<String> province) {
        Counted counted = seen.counted().get(which);
        Coverage.Seen records = seen.coverage().get(which);
        FigureQuery query = counted.query();
        Coverage.Compared compared = Coverage.Compared.of(query, counted.period(), seen.today());
        Set<String> of = query.filters().getOrDefault(PROVINCE, Set.of());
        return seen.past()
                ? coverage.yearsThen(records, isKnown(counted), compared, of, province)
                : coverage.years(query.indicator(), records, compared, of, province);
    }

    /** Whether anything had come of the records that the figure is made of. */
    private static boolean isKnown(Counted counted) {
        return !counted.offsets().isEmpty();
    }

    /** @param told whether it is told how complete the years are */
    private Seen now(List<FigureQuery> queries, Wanted wanted, Optional<String> province, boolean told) {
        return sights.now().read(cut -> {
            List<Counted> counted = new ArrayList<>();
            List<Coverage.Seen> seen = new ArrayList<>();
            List<Long> stale = new ArrayList<>();
            for (FigureQuery query : queries) {
                add(counted, remembered.counted(cut, query, wanted, province));
                if (told) {
                    seen.add(coverage.seen(cut, query.indicator()));
                }
                stale.add(told ? stale(cut, query) : 0);
            }
            LocalDate today = figures.today();
            return new Seen(counted, seen, stale, standstill.since(counted, today), today, false);
        });
    }

    private static long stale(Cut cut, FigureQuery query) {
        Set<String> provinces = query.filters().getOrDefault(PROVINCE, Set.of());
        return query.indicator().records().stream()
                .distinct()
                .mapToLong(record -> cut.stale(record, provinces))
                .sum();
    }

    /** What was known does not change, so each figure can be looked at by itself. */
    private Seen then(List<FigureQuery> queries, Wanted wanted, Horizon horizon, Optional<String> province) {
        List<Counted> counted = new ArrayList<>();
        List<Coverage.Seen> seen = new ArrayList<>();
        for (FigureQuery query : queries) {
            Sight sight = sights.of(query.indicator(), horizon);
            add(counted, sight.read(cut -> {
                seen.add(coverage.seenThen(cut, query.indicator()));
                return Counted.in(cut, query, wanted, sight.figures(), province);
            }));
        }
        List<Long> stale = Collections.nCopies(counted.size(), 0L);
        return new Seen(counted, seen, stale, horizon.moment(), sights.today(horizon), true);
    }

    private void add(List<Counted> counted, Counted next) {
        counted.add(next);
        if (counted.stream().mapToLong(one -> one.cells().size()).sum() > maxCells) {
            throw Wrong.of(
                    "by",
                    "too-many-cells",
                    "The answer would have more than " + maxCells + " values; ask for fewer figures or split by less.",
                    "结果超过 " + maxCells + " 个值，请减少指标或维度。");
        }
    }

    private static NoteAnswer noOthers(Figure figure) {
        return switch (figure) {
            case Indicator _ -> DISTINCT;
            case Derived _ -> DERIVED;
        };
    }

    private Table table(
            Counted counted,
            Wanted wanted,
            Heading heading,
            @Nullable ReleaseAnswer release,
            List<CoverageYear> years,
            List<NoteAnswer> notes) {
        FigureQuery query = counted.query();
        boolean addsUp = query.indicator().addsUp();
        return new Table(
                heading,
                columns.of(counted),
                query.filterTexts(),
                columns.pinned(query),
                counted.period(),
                Lines.of(counted.cells(), counted.whole(), wanted, addsUp),
                wanted.shares(),
                release,
                counted.components(),
                years,
                notes);
    }

    /** @param then the moment that has passed; null for now */
    private List<NoteAnswer> notes(
            Counted counted, Wanted wanted, List<CoverageYear> years, long stale, @Nullable Instant then) {
        FigureQuery query = counted.query();
        List<NoteAnswer> notes = new ArrayList<>();
        if (then != null && !isKnown(counted)) {
            notes.add(NOTHING_KNOWN);
        }
        if (!counted.emptyLists().isEmpty()) {
            notes.add(emptyLists(counted.emptyLists()));
        }
        if (stale > 0) {
            notes.add(new NoteAnswer(
                    "stale-records",
                    "有 " + stale + " 条记录的最新变更无法读取，暂按其之前的状态统计。",
                    "The newest change of " + stale
                            + " of the records that are counted here could not be read: they count as they"
                            + " were before it."));
        }
        if (then != null && definitions.isBeforeFirst(query.indicator().code(), then)) {
            notes.add(DEFINED_LATER);
        }
        if (wanted.top() > 0 && !query.indicator().addsUp()) {
            notes.add(noOthers(query.indicator()));
        }
        boolean lookedBack = query.indicator() instanceof Derived derived && derived.rule() instanceof Rule.Change;
        List<Text> differing = years.stream()
                .skip(lookedBack ? 0 : 1)
                .filter(CoverageYear::differs)
                .map(Counting::difference)
                .toList();
        if (!differing.isEmpty()) {
            notes.add(new NoteAnswer(
                    "coverage-differs",
                    "以下年度的数据覆盖情况与对比年度不同，不宜直接比较："
                            + differing.stream().map(Text::zh).collect(Collectors.joining("、")) + "。详见 coverage。",
                    "Provinces cover these years otherwise than those that they are compared with: "
                            + differing.stream().map(Text::en).collect(Collectors.joining(", "))
                            + ". These do not compare as they stand; see coverage."));
        }
        if (then != null) {
            notes.add(COVERAGE_THEN);
        }
        return notes;
    }

    private static NoteAnswer emptyLists(List<ListMoment> lists) {
        List<String> names = lists.stream().map(ListMoment::toString).toList();
        return new NoteAnswer(
                "list-empty",
                "以下名单没有任何成员：" + String.join("、", names) + "。按其统计的 0（或全部为非成员）只说明名单为空，不表示不存在。",
                "No members are known of: " + String.join(", ", names)
                        + ". 0, or nothing but non-members, says that of the list, not that there was none.");
    }

    /** A year, with the provinces that may be named. */
    private static Text difference(CoverageYear year) {
        List<Text> parts = Stream.of(
                        named("缺少", "missing", year.missing()),
                        named("新增", "new", year.added()),
                        named("偏少", "fewer", year.fewer()),
                        named("偏多", "more", year.more()),
                        named("未关闭", "not closed", year.notClosed()))
                .flatMap(Optional::stream)
                .toList();
        String itself = String.valueOf(year.year());
        return parts.isEmpty()
                ? new Text(itself, itself)
                : new Text(
                        itself + parts.stream().map(Text::zh).collect(Collectors.joining("；", "（", "）")),
                        itself + parts.stream().map(Text::en).collect(Collectors.joining("; ", " (", ")")));
    }

    private static Optional<Text> named(String zh, String en, @Nullable List<String> provinces) {
        return provinces == null || provinces.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Text(zh + " " + String.join("、", provinces), en + " " + String.join(", ", provinces)));
    }
}
