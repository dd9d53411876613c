package org.voyage.indicators.feature.values;

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
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.completeness.CoverageCalculator;
import org.voyage.indicators.feature.format.ReportLine;
import org.voyage.indicators.feature.format.ReportTable;
import org.voyage.indicators.feature.format.ValuesReport;
import org.voyage.indicators.feature.release.ReleasedFigures;
import org.voyage.indicators.history.DefinitionHistory;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.AsOfView;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.ComponentAnswer;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.indicators.query.FigureResponses.FigureHeading;
import org.voyage.indicators.query.FigureResponses.NoteAnswer;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.FigureResponses.ReleaseAnswer;
import org.voyage.indicators.query.HeadlineAnswer;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.QueryRefusals;

/** Builder of the report: it runs all queries of a request on one view. */
@ApplicationScoped
class ValuesReportBuilder {

    private static final NoteAnswer DISTINCT_NOTE = new NoteAnswer(
            "others-do-not-add-up",
            "该指标为去重计数，其余各项不可相加，因此没有“其他”。",
            "The indicator counts each thing once: the rest does not add up, so there are no others.");
    private static final NoteAnswer DERIVED_NOTE = new NoteAnswer(
            "others-do-not-add-up",
            "该指标由其他指标派生，其余各项不可相加，因此没有“其他”。",
            "The indicator is derived from others: the rest does not add up, so there are no others.");

    private static final NoteAnswer NOTHING_KNOWN_NOTE = new NoteAnswer(
            "nothing-known",
            "在该时刻，平台尚未收到该指标所统计的任何记录：0 或空值表示未知，不表示不存在。",
            "At that moment nothing was known yet of the records that the figure counts: 0, or no value, says that, not that"
                    + " there was none.");
    private static final NoteAnswer DEFINED_LATER_NOTE = new NoteAnswer(
            "defined-later",
            "在该时刻，平台尚未定义该指标：按其最早的定义计算。",
            "The figure was not defined here yet at that moment: it is counted by its first definition.");
    private static final NoteAnswer PAST_COVERAGE_NOTE = new NoteAnswer(
            "coverage-then",
            "过去时点不列出待处理、退回、收到、应有数和最后报送时间：平台不保存文件和计划的历史状态。",
            "Coverage of a past moment has no waiting, refused, received and expected rows, and no last push: the states of"
                    + " files and plans have no history.");

    private static final String PROVINCE_DIMENSION = "province";

    private final AsOfViewResolver asOfResolver;
    private final FigureCalculator figures;
    private final FigureResultCache cache;
    private final PositionTimestamps timestamps;
    private final ColumnLabels columns;
    private final CoverageCalculator coverage;
    private final CodeLabelLookup labels;
    private final DefinitionHistory definitions;
    private final int maxCells;

    ValuesReportBuilder(
            AsOfViewResolver asOfResolver,
            FigureCalculator figures,
            FigureResultCache remembered,
            PositionTimestamps standstill,
            ColumnLabels columns,
            CoverageCalculator coverage,
            CodeLabelLookup labels,
            DefinitionHistory definitions,
            IndicatorsConfig config) {
        this.asOfResolver = asOfResolver;
        this.figures = figures;
        this.cache = remembered;
        this.timestamps = standstill;
        this.columns = columns;
        this.coverage = coverage;
        this.labels = labels;
        this.definitions = definitions;
        this.maxCells = config.maxCells();
    }

    /**
     * @param coverage of each figure
     * @param calculators of each figure, the calculator of its result
     * @param isCoverageShown whether the report contains the coverage
     * @param stale of each figure, number of records counted by an older version because a newer one could not be read
     * @param today the day of the answer
     * @param past whether it is about a past point in time
     */
    private record CountedFigures(
            List<FigureResult> results,
            List<CoverageCalculator.CoverageInputs> coverage,
            List<FigureCalculator> calculators,
            boolean isCoverageShown,
            List<Long> stale,
            Instant time,
            LocalDate today,
            boolean past) {}

    /**
     * @param checkpoint the past checkpoint of the request; null for now
     * @param province the only province whose own values may appear; empty when all may
     */
    ValuesReport buildReport(
            List<FigureQuery> queries,
            ResultOptions options,
            @Nullable Checkpoint checkpoint,
            Optional<String> province) {
        return toReport(
                checkpoint == null
                        ? countNow(queries, options, province, true)
                        : countAsOf(queries, options, checkpoint, province),
                options,
                province);
    }

    /** Builds the report on open figures for readers outside, who may not see the coverage. */
    ValuesReport reportOpenFigures(List<FigureQuery> queries, ResultOptions options) {
        return toReport(countNow(queries, options, Optional.empty(), false), options, Optional.empty());
    }

    private ValuesReport toReport(CountedFigures seen, ResultOptions options, Optional<String> province) {
        Map<String, Map<String, Long>> topics = new TreeMap<>();
        seen.results().forEach(counted -> topics.putAll(counted.offsets()));
        return new ValuesReport(
                new PositionAnswer(topics, seen.time()),
                IntStream.range(0, seen.results().size())
                        .mapToObj(i -> toTable(seen, i, options, province))
                        .toList());
    }

    private ReportTable toTable(CountedFigures seen, int which, ResultOptions options, Optional<String> province) {
        FigureResult counted = seen.results().get(which);
        CoverageCalculator.ComparedYears compared =
                CoverageCalculator.ComparedYears.of(counted.query(), counted.period(), seen.today());
        CoverageCalculator.FigureCoverage covered = computeCoverage(seen, which, compared, province);
        List<CoverageYear> shown = seen.isCoverageShown() ? covered.years() : List.of();
        Instant then = seen.past() ? seen.time() : null;
        HeadlineAnswer headline =
                covered.reported().findHeadline(seen.calculators().get(which));
        ReportingGaps gaps = new ReportingGaps(covered.reported(), compared.years());
        List<ReportLine> lines = gaps.markLines(buildLines(counted, options));
        List<NoteAnswer> notes =
                collectNotes(counted, options, shown, seen.stale().get(which), then);
        notes.addAll(gaps.toNotes(lines));
        notes.addAll(ShareNotes.collect(
                counted.query().figure(),
                lines,
                compared.years().getLast(),
                seen.calculators().get(which)));
        return toTable(
                counted,
                options,
                FigureHeading.of(counted.query().figure()),
                null,
                lines,
                gaps.markComponents(counted.components()),
                seen.isCoverageShown() ? headline : headline.withoutCoverage(),
                shown,
                notes);
    }

    /** Builds the report on a figure of persons for readers outside, who may not see the log position. */
    ValuesReport reportReleased(ReleasedFigures.ReleasedAnswer answer, ResultOptions options) {
        FigureQuery query = answer.query();
        List<FigureResult> counted = new ArrayList<>();
        addWithinLimit(
                counted,
                new FigureResult(
                        query,
                        answer.cells(),
                        options.requiresAllCells() ? answer.totals() : List.of(),
                        figures.findEmptyLists(query),
                        List.of(),
                        List.of(),
                        figures.formatPeriod(query, answer.cells()),
                        Map.of()));
        List<NoteAnswer> notes = collectNotes(counted.getFirst(), options, List.of(), 0, null);
        int version = answer.versions().values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(query.figure().version());
        notes.addAll(noteOtherVersions(answer.versions(), version));
        List<ReportLine> lines = buildLines(counted.getFirst(), options).stream()
                .map(line -> answer.isReported(line.coordinates()) ? line : line.asNotReported(answer.lastReported()))
                .toList();
        notes.addAll(ReportingGaps.toNotes(answer.unreported(), answer.lastReported(), false));
        FigureHeading heading = FigureHeading.of(query.figure(), version);
        return new ValuesReport(
                new PositionAnswer(Map.of(), answer.release().at()),
                List.of(toTable(
                        counted.getFirst(),
                        options,
                        heading,
                        answer.release(),
                        lines,
                        List.of(),
                        HeadlineAnswer.ofYear(answer.headlineYear()),
                        List.of(),
                        notes)));
    }

    /** Returns notes on the years that were released by an older definition than the answer's. */
    private static List<NoteAnswer> noteOtherVersions(Map<Integer, Integer> versions, int named) {
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

    private CoverageCalculator.FigureCoverage computeCoverage(
            CountedFigures seen, int which, CoverageCalculator.ComparedYears compared, Optional<String> province) {
        FigureResult counted = seen.results().get(which);
        CoverageCalculator.CoverageInputs records = seen.coverage().get(which);
        Figure figure = counted.query().figure();
        Set<String> of = counted.query().filters().getOrDefault(PROVINCE_DIMENSION, Set.of());
        return seen.past()
                ? coverage.computePastCoverage(
                        figure, records, seen.time(), hasRecords(counted), compared, of, province)
                : coverage.findOrComputeCoverage(figure, records, compared, of, province);
    }

    /** Returns whether any event of the figure's records had come. */
    private static boolean hasRecords(FigureResult counted) {
        return !counted.offsets().isEmpty();
    }

    /** Counts on the live figures; {@code told} decides whether the report includes the coverage. */
    private CountedFigures countNow(
            List<FigureQuery> queries, ResultOptions options, Optional<String> province, boolean told) {
        return asOfResolver.liveView().readView(view -> {
            List<FigureResult> counted = new ArrayList<>();
            List<CoverageCalculator.CoverageInputs> seen = new ArrayList<>();
            List<Long> stale = new ArrayList<>();
            for (FigureQuery query : queries) {
                addWithinLimit(counted, cache.findOrCompute(view, query, options, province));
                seen.add(coverage.readInputs(view, query.figure()));
                stale.add(told ? countStale(view, query) : 0);
            }
            LocalDate today = figures.today();
            return new CountedFigures(
                    counted,
                    seen,
                    Collections.nCopies(counted.size(), figures),
                    told,
                    stale,
                    timestamps.findLastChangeTime(counted, today),
                    today,
                    false);
        });
    }

    private static long countStale(FiguresView view, FigureQuery query) {
        Set<String> provinces = query.filters().getOrDefault(PROVINCE_DIMENSION, Set.of());
        return query.figure().records().stream()
                .distinct()
                .mapToLong(record -> view.countStale(record, provinces))
                .sum();
    }

    /** Counts as of a checkpoint. Past data do not change, so each figure can be read by itself. */
    private CountedFigures countAsOf(
            List<FigureQuery> queries, ResultOptions options, Checkpoint checkpoint, Optional<String> province) {
        List<FigureResult> counted = new ArrayList<>();
        List<CoverageCalculator.CoverageInputs> seen = new ArrayList<>();
        List<FigureCalculator> calculators = new ArrayList<>();
        for (FigureQuery query : queries) {
            AsOfView pastView = asOfResolver.viewOf(query.figure(), checkpoint);
            calculators.add(pastView.figures());
            addWithinLimit(counted, pastView.readView(view -> {
                seen.add(coverage.readPastInputs(view, query.figure()));
                return FigureResult.compute(view, query, options, pastView.figures(), province);
            }));
        }
        List<Long> stale = Collections.nCopies(counted.size(), 0L);
        return new CountedFigures(
                counted, seen, calculators, true, stale, checkpoint.time(), asOfResolver.todayAt(checkpoint), true);
    }

    private void addWithinLimit(List<FigureResult> counted, FigureResult next) {
        counted.add(next);
        if (counted.stream().mapToLong(one -> one.cells().size()).sum() > maxCells) {
            throw QueryRefusals.malformed(
                    "by",
                    "too-many-cells",
                    "The answer would have more than " + maxCells + " values; ask for fewer figures or split by less.",
                    "结果超过 " + maxCells + " 个值，请减少指标或维度。");
        }
    }

    private static NoteAnswer noOthersNote(Figure figure) {
        return switch (figure) {
            case CountedFigure _ -> DISTINCT_NOTE;
            case DerivedFigure _ -> DERIVED_NOTE;
        };
    }

    private ReportTable toTable(
            FigureResult counted,
            ResultOptions options,
            FigureHeading heading,
            @Nullable ReleaseAnswer release,
            List<ReportLine> lines,
            List<ComponentAnswer> components,
            HeadlineAnswer headline,
            List<CoverageYear> years,
            List<NoteAnswer> notes) {
        FigureQuery query = counted.query();
        return new ReportTable(
                heading,
                columns.columnsOf(counted),
                query.formatFilters(),
                columns.pinnedColumns(query),
                counted.period(),
                lines,
                options.shares(),
                release,
                components,
                headline,
                years,
                notes);
    }

    private static List<ReportLine> buildLines(FigureResult counted, ResultOptions options) {
        return ReportLineBuilder.buildLines(
                counted.cells(),
                counted.totals(),
                options,
                counted.query().figure().isAdditive());
    }

    /** @param then the past point in time; null for now */
    private List<NoteAnswer> collectNotes(
            FigureResult counted, ResultOptions options, List<CoverageYear> years, long stale, @Nullable Instant then) {
        FigureQuery query = counted.query();
        List<NoteAnswer> notes = new ArrayList<>();
        if (then != null && !hasRecords(counted) && years.stream().noneMatch(CoverageYear::known)) {
            notes.add(NOTHING_KNOWN_NOTE);
        }
        if (!counted.emptyLists().isEmpty()) {
            notes.add(noteEmptyLists(counted.emptyLists()));
        }
        if (!counted.unusedCodes().isEmpty()) {
            String unused = String.join(", ", counted.unusedCodes());
            notes.add(new NoteAnswer(
                    "code-unused",
                    "没有任何记录使用以下代码，请核对：" + unused + "。",
                    "No record uses these codes; check them: " + unused + "."));
        }
        if (stale > 0) {
            notes.add(new NoteAnswer(
                    "stale-records",
                    "有 " + stale + " 条记录的最新变更无法读取，暂按其之前的状态统计。",
                    "The newest change of " + stale
                            + " of the records that are counted here could not be read: they count as they"
                            + " were before it."));
        }
        if (then != null && definitions.isBeforeFirst(query.figure().code(), then)) {
            notes.add(DEFINED_LATER_NOTE);
        }
        if (options.top() > 0 && !query.figure().isAdditive()) {
            notes.add(noOthersNote(query.figure()));
        }
        boolean lookedBack =
                query.figure() instanceof DerivedFigure derived && derived.rule() instanceof DerivationRule.ChangeRule;
        List<LocalizedText> differing = years.stream()
                .skip(lookedBack ? 0 : 1)
                .filter(CoverageYear::differs)
                .map(this::describeDifference)
                .toList();
        if (!differing.isEmpty()) {
            notes.add(new NoteAnswer(
                    "coverage-differs",
                    "以下年度的数据覆盖情况与对比年度不同，不宜直接比较："
                            + differing.stream().map(LocalizedText::zh).collect(Collectors.joining("、"))
                            + "。详见 coverage。",
                    "Provinces cover these years otherwise than those that they are compared with: "
                            + differing.stream().map(LocalizedText::en).collect(Collectors.joining(", "))
                            + ". These do not compare as they stand; see coverage."));
        }
        if (then != null) {
            notes.add(PAST_COVERAGE_NOTE);
        }
        return notes;
    }

    private static NoteAnswer noteEmptyLists(List<ListCriterion> lists) {
        List<String> names = lists.stream().map(ListCriterion::toString).toList();
        return new NoteAnswer(
                "list-empty",
                "以下名单没有任何成员：" + String.join("、", names) + "。按其统计的 0（或全部为非成员）只说明名单为空，不表示不存在。",
                "No members are known of: " + String.join(", ", names)
                        + ". 0, or nothing but non-members, says that of the list, not that there was none.");
    }

    /** Describes a year, with the provinces that the caller may see. */
    private LocalizedText describeDifference(CoverageYear year) {
        List<LocalizedText> parts = Stream.of(
                        nameProvinces("缺少", "missing", year.missing()),
                        nameProvinces("新增", "new", year.added()),
                        nameProvinces("偏少", "fewer", year.fewer()),
                        nameProvinces("偏多", "more", year.more()),
                        nameProvinces("未关闭", "not closed", year.notClosed()))
                .flatMap(Optional::stream)
                .toList();
        String itself = String.valueOf(year.year());
        return parts.isEmpty()
                ? new LocalizedText(itself, itself)
                : new LocalizedText(
                        itself + parts.stream().map(LocalizedText::zh).collect(Collectors.joining("；", "（", "）")),
                        itself + parts.stream().map(LocalizedText::en).collect(Collectors.joining("; ", " (", ")")));
    }

    private Optional<LocalizedText> nameProvinces(String zh, String en, @Nullable List<String> provinces) {
        return provinces == null || provinces.isEmpty()
                ? Optional.empty()
                : Optional.of(new LocalizedText(
                        zh + " "
                                + provinces.stream()
                                        .map(labels::provinceName)
                                        .map(LocalizedText::zh)
                                        .collect(Collectors.joining("、")),
                        en + " "
                                + provinces.stream()
                                        .map(labels::provinceName)
                                        .map(LocalizedText::en)
                                        .collect(Collectors.joining(", "))));
    }
}
