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
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.feature.completeness.CoverageCalculator;
import org.voyage.indicators.feature.completeness.ReportedYears;
import org.voyage.indicators.live.FiguresReadyEvent;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveFiguresUpdater;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;

/** Service that makes releases, on demand or on a schedule. */
@ApplicationScoped
class ReleaseService {

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
    private final int settledAfterDays;
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
        this.settledAfterDays = Math.toIntExact(config.release().settled().toDays());
    }

    /** A year of a figure. */
    record FigureYear(String figure, int year) {}

    /**
     * The outcome of a release.
     *
     * @param release empty when no sheet is new or changed, and for a rehearsal
     * @param releasedYears years with a new or changed sheet
     * @param keptYears years whose total has changed, but whose new sheet would reveal too much
     */
    record ReleaseOutcome(
            Optional<FigureRelease> release, List<FigureYear> releasedYears, List<FigureYear> keptYears) {}

    /** Sheets of a release, and the years that keep their older sheets. */
    private record SheetDrawing(
            ReleaseStore.SheetMaker making, List<FigureYear> releasedYears, List<FigureYear> keptYears) {}

    /** Makes the scheduled release. Before the figures are ready, it is postponed. */
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
        createDueRelease();
    }

    private synchronized void createDueRelease() {
        if (isDue && updater.hasCaughtUp()) {
            ReleaseOutcome made = createRelease("");
            isDue = false;
            LOG.infof("released on schedule: %s, kept: %s", made.release(), made.keptYears());
        }
    }

    /** Releases the current values of the years that are settled. */
    ReleaseOutcome createRelease(String by) {
        return createRelease(by, CellSuppression.completeSuppression(), year -> true);
    }

    /** Returns what a release would publish now, and stores nothing. */
    ReleaseOutcome rehearseRelease() {
        SheetDrawing drawing = prepareSheets(CellSuppression.completeSuppression(), year -> true);
        store.rehearseRelease(drawing.making());
        return new ReleaseOutcome(Optional.empty(), drawing.releasedYears(), drawing.keptYears());
    }

    ReleaseOutcome createRelease(String by, CellSuppression protection, IntPredicate years) {
        SheetDrawing drawing = prepareSheets(protection, years);
        Optional<FigureRelease> release = store.makeRelease(
                by,
                clock.instant(),
                drawing.making(),
                made -> audit.appendEntries(toAuditEntry(made, drawing.keptYears())));
        return new ReleaseOutcome(release, drawing.releasedYears(), drawing.keptYears());
    }

    private SheetDrawing prepareSheets(CellSuppression protection, IntPredicate years) {
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
        List<FigureYear> released = new ArrayList<>();
        List<FigureYear> kept = new ArrayList<>();
        ReleaseStore.SheetMaker making = (earlier, number) -> {
            List<ReleasedSheet> sheets = new ArrayList<>();
            for (CountedFigure figure : tables.figures()) {
                UnsuppressedCounts now = amounts.getOrDefault(figure.code(), UnsuppressedCounts.EMPTY);
                Map<Integer, List<ReleasedSheet>> before = groupByYear(earlier, figure);
                TreeSet<Integer> all = new TreeSet<>(now.yearsWithCounts());
                all.addAll(before.keySet());
                for (Integer year : all) {
                    if (isSettled(year) && years.test(year)) {
                        boolean gap = Objects.requireNonNull(reported.get(figure.code()))
                                .isGap(year);
                        SheetOutcome drawn = new SheetBuilder(
                                        figure, year, number, tables.tablesOf(figure), protection, gap)
                                .buildSheet(before.getOrDefault(year, List.of()), table -> now.countsOf(year, table));
                        switch (drawn) {
                            case SheetOutcome.NewSheet(ReleasedSheet sheet) -> {
                                sheets.add(sheet);
                                released.add(new FigureYear(figure.code(), year));
                            }
                            case SheetOutcome.KeptSheet _ -> kept.add(new FigureYear(figure.code(), year));
                            case SheetOutcome.UnmovedSheet _ -> {}
                        }
                    }
                }
            }
            return sheets;
        };
        return new SheetDrawing(making, released, kept);
    }

    private static AuditEntry toAuditEntry(FigureRelease release, List<FigureYear> kept) {
        String number = String.valueOf(release.number());
        return AuditEntry.done(
                        "figures-released",
                        AUDIT_RECORD,
                        null,
                        number,
                        Map.of("sheets", release.sheets(), "kept", kept.size()))
                .withActor(release.madeBy().isEmpty() ? SCHEDULE_USER : release.madeBy(), AUDIT_RECORD + "-" + number);
    }

    private boolean isSettled(int year) {
        return !LocalDate.of(year + 1, 1, 1).plusDays(settledAfterDays).isAfter(LocalDate.now(clock));
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
