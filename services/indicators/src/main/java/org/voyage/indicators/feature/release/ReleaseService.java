package org.voyage.indicators.feature.release;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.feature.completeness.CoverageCalculator;
import org.voyage.indicators.feature.completeness.ReportedYears;
import org.voyage.indicators.feature.completeness.ReportedYears.YearReports;
import org.voyage.indicators.live.FiguresReadyEvent;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Finding;
import org.voyage.kit.problem.Refusal;

/** Service that makes releases, on demand or on a schedule. */
@ApplicationScoped
class ReleaseService {

    /** A year is settled, and can be released, this long after its end. */
    private static final int SETTLED_AFTER_DAYS = 90;

    private static final Logger LOG = Logger.getLogger(ReleaseService.class);

    /** Record name in the audit trail. */
    static final String AUDIT_RECORD = "release";

    /** User name of scheduled releases. */
    private static final String SCHEDULE_USER = "schedule";

    private final ReleaseTables tables;
    private final ReleaseStore store;
    private final LiveFigures live;
    private final LiveFiguresUpdater updater;
    private final FigureCalculator figures;
    private final CoverageCalculator coverage;
    private final AuditTrail audit;
    private final Clock clock;
    private final String every;
    private volatile boolean isFirstSchedule = true;
    private volatile boolean isDue;

    ReleaseService(
            ReleaseTables tables,
            ReleaseStore store,
            LiveFigures live,
            LiveFiguresUpdater updater,
            FigureCalculator figures,
            CoverageCalculator coverage,
            AuditTrail audit,
            Clock clock,
            IndicatorsConfig config) {
        this.tables = tables;
        this.store = store;
        this.live = live;
        this.updater = updater;
        this.figures = figures;
        this.coverage = coverage;
        this.audit = audit;
        this.clock = clock;
        this.every = config.release().every();
    }

    /**
     * The outcome of a release.
     *
     * @param release empty when no sheet is new or changed, and for a rehearsal
     * @param releasedYears years with a new or changed sheet
     * @param keptYears years whose total has changed, but whose new sheet would reveal too much
     */
    record ReleaseOutcome(
            Optional<FigureRelease> release,
            List<ReleaseYearOutcome> releasedYears,
            List<ReleaseYearOutcome> keptYears) {

        /** Returns the number of released years that some expected province has not locked. */
        int countUnlockedYears() {
            return (int) releasedYears.stream()
                    .filter(year -> !year.reports().isLocked())
                    .count();
        }
    }

    /** Decides which years a release takes. */
    interface YearFilter {

        YearFilter ALL = (year, reports) -> true;
        YearFilter LOCKED = (year, reports) -> reports.isLocked();

        boolean includes(int year, YearReports reports);
    }

    /** Sheets of a release, and the years that keep their older sheets. */
    private record SheetDrawing(
            ReleaseStore.SheetMaker making,
            List<ReleaseYearOutcome> releasedYears,
            List<ReleaseYearOutcome> keptYears) {

        ReleaseOutcome toOutcome(Optional<FigureRelease> release) {
            return new ReleaseOutcome(release, releasedYears, keptYears);
        }
    }

    /** Makes the scheduled release, of locked years only. Before the figures are ready, it is postponed. */
    @Scheduled(every = "${voyage.indicators.release.every:off}")
    void releaseOnSchedule() {
        isDue = !isFirstSchedule || isLastReleaseOverdue();
        isFirstSchedule = false;
        createDueRelease();
    }

    /**
     * Returns whether the last release is overdue. The schedule begins with the service; a start alone causes no
     * release.
     */
    private boolean isLastReleaseOverdue() {
        Instant since = clock.instant().minus(DurationConverter.parseDuration(every));
        return store.findNewest(Long.MAX_VALUE, 1).stream()
                .noneMatch(last -> last.madeAt().isAfter(since));
    }

    void releaseWhenReady(@ObservesAsync FiguresReadyEvent figures) {
        restoreForgotten();
        createDueRelease();
    }

    /** Stores the releases again that a restored database has forgotten; the next release tries it again. */
    private void restoreForgotten() {
        try {
            store.restoreForgotten(this::auditRestored);
        } catch (DatabaseException | KafkaException | Refusal e) {
            LOG.warnf("The releases were not compared with their witness: %s", e.getMessage());
        }
    }

    private void auditRestored(FigureRelease release) {
        LOG.warnf("Release %d was stored again: the database had forgotten it", release.number());
        String number = String.valueOf(release.number());
        audit.appendEntries(
                AuditEntry.done("release-restored", AUDIT_RECORD, null, number, Map.of("sheets", release.sheets()))
                        .withActor(SCHEDULE_USER, AUDIT_RECORD + "-" + number));
    }

    private synchronized void createDueRelease() {
        if (isDue && updater.hasCaughtUp()) {
            ReleaseOutcome made = createRelease("", CellSuppression.completeSuppression(), YearFilter.LOCKED, true);
            isDue = false;
            LOG.infof("released on schedule: %s, kept: %s", made.release(), made.keptYears());
        }
    }

    /**
     * Releases the current values of the years that are settled.
     *
     * @param allowUnlocked whether the release may contain years that some expected province has not locked
     * @throws Refusal.Conflict when it would contain such years and may not; then nothing is stored
     */
    ReleaseOutcome createRelease(String by, boolean allowUnlocked) {
        return createRelease(by, CellSuppression.completeSuppression(), YearFilter.ALL, allowUnlocked);
    }

    /** Returns what a release would publish now, and stores nothing. */
    ReleaseOutcome rehearseRelease() {
        SheetDrawing drawing = prepareSheets(CellSuppression.completeSuppression(), YearFilter.ALL);
        store.rehearseRelease(drawing.making());
        return drawing.toOutcome(Optional.empty());
    }

    ReleaseOutcome createRelease(String by, CellSuppression protection, YearFilter years, boolean allowUnlocked) {
        SheetDrawing drawing = prepareSheets(protection, years);
        ReleaseStore.SheetMaker making = (earlier, number) -> {
            List<ReleasedSheet> sheets = drawing.making().makeSheets(earlier, number);
            if (!allowUnlocked) {
                requireLockedYears(drawing.toOutcome(Optional.empty()));
            }
            return sheets;
        };
        Optional<FigureRelease> release = store.makeRelease(
                by,
                clock.instant(),
                making,
                made -> audit.appendEntries(toAuditEntry(made, drawing.toOutcome(Optional.of(made)))),
                this::auditRestored);
        return drawing.toOutcome(release);
    }

    private static void requireLockedYears(ReleaseOutcome outcome) {
        int unlocked = outcome.countUnlockedYears();
        int all = outcome.releasedYears().size();
        if (unlocked > 0) {
            throw new Refusal.Conflict(Finding.query(
                    ReleaseResource.ALLOW_UNLOCKED_PARAMETER,
                    "years-not-locked",
                    "Provinces have not locked " + unlocked + " of the " + all
                            + " years of figures; a release cannot be"
                            + " taken back. Lock them first, or confirm with allowUnlocked=true. dryRun=true names them.",
                    "将发布的 " + all + " 个指标年度中，有 " + unlocked + " 个年度尚未由全部应报省份锁定；发布不可撤回。请先锁定，"
                            + "或以 allowUnlocked=true 再次确认。dryRun=true 列出这些年度。"));
        }
    }

    private SheetDrawing prepareSheets(CellSuppression protection, YearFilter years) {
        Map<String, CoverageCalculator.CoverageInputs> records = new TreeMap<>();
        Map<String, UnsuppressedCounts> amounts = live.readView(view -> {
            Map<String, UnsuppressedCounts> all = new TreeMap<>();
            for (CountedFigure figure : tables.figures()) {
                all.put(figure.code(), UnsuppressedCounts.readCounts(view, figures, figure, tables.tablesOf(figure)));
                records.put(figure.code(), coverage.readInputs(view, figure));
            }
            return all;
        });
        Map<String, ReportedYears> reported = new TreeMap<>();
        for (CountedFigure figure : tables.figures()) {
            reported.put(
                    figure.code(),
                    coverage.findReportedYears(figure, Objects.requireNonNull(records.get(figure.code()))));
        }
        List<ReleaseYearOutcome> released = new ArrayList<>();
        List<ReleaseYearOutcome> kept = new ArrayList<>();
        ReleaseStore.SheetMaker making = (earlier, number) -> {
            List<ReleasedSheet> sheets = new ArrayList<>();
            for (CountedFigure figure : tables.figures()) {
                UnsuppressedCounts now = amounts.getOrDefault(figure.code(), UnsuppressedCounts.EMPTY);
                Map<Integer, List<ReleasedSheet>> before = groupByYear(earlier, figure);
                TreeSet<Integer> all = new TreeSet<>(now.yearsWithCounts());
                all.addAll(before.keySet());
                ReportedYears reports = Objects.requireNonNull(reported.get(figure.code()));
                for (Integer year : all) {
                    YearReports of = reports.countReports(figure, year);
                    if (isSettled(year) && years.includes(year, of)) {
                        List<ReleasedSheet> sheetsBefore = before.getOrDefault(year, List.of());
                        Long totalBefore = sheetsBefore.isEmpty()
                                ? null
                                : sheetsBefore.getLast().total();
                        SheetOutcome drawn = new SheetBuilder(
                                        figure,
                                        year,
                                        number,
                                        tables.tablesOf(figure),
                                        protection,
                                        reports.isGap(year),
                                        of.isMostlyReported())
                                .buildSheet(sheetsBefore, table -> now.countsOf(year, table));
                        switch (drawn) {
                            case SheetOutcome.NewSheet(ReleasedSheet sheet) -> {
                                sheets.add(sheet);
                                released.add(new ReleaseYearOutcome(
                                        figure.code(),
                                        year,
                                        sheetsBefore.isEmpty(),
                                        totalBefore,
                                        sheet.total(),
                                        sheet.countHiddenCells(),
                                        of));
                            }
                            case SheetOutcome.KeptSheet _ ->
                                kept.add(new ReleaseYearOutcome(
                                        figure.code(), year, false, totalBefore, now.totalOf(year), 0, of));
                            case SheetOutcome.UnmovedSheet _ -> {}
                        }
                    }
                }
            }
            return sheets;
        };
        return new SheetDrawing(making, released, kept);
    }

    private static AuditEntry toAuditEntry(FigureRelease release, ReleaseOutcome outcome) {
        String number = String.valueOf(release.number());
        return AuditEntry.done(
                        "figures-released",
                        AUDIT_RECORD,
                        null,
                        number,
                        Map.of(
                                "sheets",
                                release.sheets(),
                                "kept",
                                outcome.keptYears().size(),
                                "unlocked",
                                outcome.countUnlockedYears()))
                .withActor(release.madeBy().isEmpty() ? SCHEDULE_USER : release.madeBy(), AUDIT_RECORD + "-" + number);
    }

    private boolean isSettled(int year) {
        return !LocalDate.of(year + 1, 1, 1).plusDays(SETTLED_AFTER_DAYS).isAfter(LocalDate.now(clock));
    }

    private static Map<Integer, List<ReleasedSheet>> groupByYear(List<ReleasedSheet> sheets, CountedFigure figure) {
        Map<Integer, List<ReleasedSheet>> byYear = new LinkedHashMap<>();
        for (ReleasedSheet sheet : sheets) {
            if (sheet.figure().equals(figure.code())) {
                byYear.computeIfAbsent(sheet.year(), year -> new ArrayList<>()).add(sheet);
            }
        }
        return byYear;
    }
}
