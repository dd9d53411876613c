package org.voyage.indicators.release;

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
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;
import org.voyage.indicators.IndicatorsConfig;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.live.FiguresServe;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LiveReader;
import org.voyage.indicators.query.Figures;
import org.voyage.kit.audit.AuditEntry;
import org.voyage.kit.audit.AuditTrail;

/** Makes releases, when an operator says so or on a schedule. */
@ApplicationScoped
class Releases {

    private static final Logger LOG = Logger.getLogger(Releases.class);

    /** As entries of the audit trail name it. */
    static final String RECORD = "release";

    /** Who does what nobody asks for. */
    private static final String SCHEDULE = "schedule";

    private final Tables tables;
    private final ReleaseStore store;
    private final LiveFigures live;
    private final LiveReader reader;
    private final Figures figures;
    private final AuditTrail audit;
    private final Clock clock;
    private final int settledAfterDays;
    private final String every;
    private volatile boolean begins = true;
    private volatile boolean due;

    Releases(
            Tables tables,
            ReleaseStore store,
            LiveFigures live,
            LiveReader reader,
            Figures figures,
            AuditTrail audit,
            Clock clock,
            IndicatorsConfig config) {
        this.tables = tables;
        this.store = store;
        this.live = live;
        this.reader = reader;
        this.figures = figures;
        this.audit = audit;
        this.clock = clock;
        this.every = config.release().every();
        this.settledAfterDays = Math.toIntExact(config.release().settled().toDays());
    }

    /** A year of a figure. */
    record Place(String figure, int year) {}

    /**
     * What came of it.
     *
     * @param release empty when nothing was new or other
     * @param kept years whose total has moved, and which cannot be shown anew without showing too much
     */
    record Made(Optional<Release> release, List<Place> kept) {}

    /** What falls due before there are figures is made afterwards. */
    @Scheduled(every = "${voyage.indicators.release.every:off}")
    void onSchedule() {
        due = !begins || isLastOneLongAgo();
        begins = false;
        makeWhatIsDue();
    }

    /** The schedule begins with the service; a start alone is no reason for one more. */
    private boolean isLastOneLongAgo() {
        Instant since = clock.instant().minus(DurationConverter.parseDuration(every));
        return store.newest(Long.MAX_VALUE, 1).stream()
                .noneMatch(last -> last.madeAt().isAfter(since));
    }

    void afterwards(@ObservesAsync FiguresServe figures) {
        makeWhatIsDue();
    }

    private synchronized void makeWhatIsDue() {
        if (due && reader.caughtUp()) {
            Made made = make("");
            due = false;
            LOG.infof("released on schedule: %s, kept: %s", made.release(), made.kept());
        }
    }

    /** Releases the years that are settled, as they are now. */
    Made make(String by) {
        return make(by, Protection.complete(), year -> true);
    }

    Made make(String by, Protection protection, IntPredicate years) {
        Map<String, Amounts> amounts = live.read(cut -> {
            Map<String, Amounts> all = new TreeMap<>();
            for (Indicator figure : tables.figures()) {
                all.put(figure.code(), Amounts.of(cut, figures, figure, tables.of(figure)));
            }
            return all;
        });
        List<Place> kept = new ArrayList<>();
        ReleaseStore.Making making = (earlier, number) -> {
            List<Sheet> sheets = new ArrayList<>();
            for (Indicator figure : tables.figures()) {
                Amounts now = amounts.getOrDefault(figure.code(), Amounts.NONE);
                Map<Integer, List<Sheet>> before = byYear(earlier, figure);
                TreeSet<Integer> all = new TreeSet<>(now.years());
                all.addAll(before.keySet());
                for (Integer year : all) {
                    if (isSettled(year) && years.test(year)) {
                        Drawn drawn = new Drawing(figure, year, number, tables.of(figure), protection)
                                .draw(before.getOrDefault(year, List.of()), table -> now.at(year, table));
                        switch (drawn) {
                            case Drawn.New(Sheet sheet) -> sheets.add(sheet);
                            case Drawn.Kept _ -> kept.add(new Place(figure.code(), year));
                            case Drawn.Unmoved _ -> {}
                        }
                    }
                }
            }
            return sheets;
        };
        Optional<Release> release = store.keep(by, clock.instant(), making, made -> audit.appendEntries(entry(made, kept)));
        return new Made(release, kept);
    }

    private static AuditEntry entry(Release release, List<Place> kept) {
        String number = String.valueOf(release.number());
        return AuditEntry.done(
                        "figures-released",
                        RECORD,
                        null,
                        number,
                        Map.of("sheets", release.sheets(), "kept", kept.size()))
                .withActor(release.madeBy().isEmpty() ? SCHEDULE : release.madeBy(), RECORD + "-" + number);
    }

    private boolean isSettled(int year) {
        return !LocalDate.of(year + 1, 1, 1).plusDays(settledAfterDays).isAfter(LocalDate.now(clock));
    }

    private static Map<Integer, List<Sheet>> byYear(List<Sheet> sheets, Indicator figure) {
        Map<Integer, List<Sheet>> byYear = new LinkedHashMap<>();
        for (Sheet sheet : sheets) {
            if (sheet.figure().equals(figure.code())) {
                byYear.computeIfAbsent(sheet.year(), year -> new ArrayList<>()).add(sheet);
            }
        }
        return byYear;
    }
}
