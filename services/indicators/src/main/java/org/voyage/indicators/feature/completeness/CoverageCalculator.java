package org.voyage.indicators.feature.completeness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.DerivedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.LocalizedText;
import org.voyage.indicators.feature.completeness.SubmissionStore.PendingCounts;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.live.FactCountsByYear;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.CodeLabelLookup;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.CoverageYear;
import org.voyage.kit.access.Province;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.log.LogTopics;
import org.voyage.kit.problem.Refusal;

/**
 * Calculator of the coverage of a figure by year: provinces with records, records received and expected, time of the
 * last change. A figure may count several records. Then a province counts only with all of them.
 */
@ApplicationScoped
public class CoverageCalculator {

    private static final LocalizedText NOTHING_KNOWN = new LocalizedText(
            "在该时刻，平台尚未收到该指标所统计的任何记录。", "At that moment nothing was known yet of the records that the figure counts.");
    static final String PROVINCE_DIMENSION = "province";
    private static final int YEAR_DIGITS = 4;
    private static final long STATE_CACHE_NANOS = 1_000_000_000L;
    private static final int MAX_CACHED_COVERAGES = 500;

    private final RecordCounts recordCounts;
    private final LastPushTracker pushes;
    private final SubmissionStore submissions;
    private final LogTopics topics;
    private final CodeLabelLookup labels;
    private final Clock clock;
    private volatile @Nullable CachedSubmissionState cachedState;
    /** Dashboards repeat their questions, and coverage is most of the work of an answer. */
    private final Cache<CoverageKey, CachedCoverage> coverages = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED_COVERAGES)
            .executor(Runnable::run)
            .build();

    CoverageCalculator(
            RecordCounts arrived,
            LastPushTracker pushes,
            SubmissionStore submissions,
            LogTopics topics,
            CodeLabelLookup labels,
            Clock clock) {
        this.recordCounts = arrived;
        this.pushes = pushes;
        this.submissions = submissions;
        this.topics = topics;
        this.labels = labels;
        this.clock = clock;
    }

    private record CachedSubmissionState(long expiresAtNanos, SubmissionState state) {}

    private record CoverageKey(String figure, ComparedYears compared, Set<String> of, Optional<String> own) {}

    private record CachedCoverage(Figure figure, CoverageInputs seen, SubmissionState state, FigureCoverage coverage) {

        /** Compares mostly the same objects, because inputs are new only when they have changed. */
        boolean isOf(Figure other, CoverageInputs inputs, SubmissionState submitted) {
            return figure.equals(other) && seen.equals(inputs) && state.equals(submitted);
        }
    }

    /**
     * The record counts of each year, read from the view that the values come from.
     *
     * @param basis the records that count in a year
     * @param countedRecords by record that the figure counts
     * @param serviceRecords by record of the services that have these; empty for a past point in time
     */
    public record CoverageInputs(
            YearBasis basis,
            Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> countedRecords,
            Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> serviceRecords,
            LastPushTracker.EarlierPushes earlierPushes) {}

    /**
     * The years that are compared.
     *
     * @param yearsBack the distance in years between a year and its comparison year
     * @param firstCompared the first year with a comparison year; of a growth only the last year
     * @param currentYear the year that is not over on the day of the answer
     */
    public record ComparedYears(List<Integer> years, int yearsBack, int firstCompared, int currentYear) {

        /**
         * Returns the years that a query compares. A change compares each year with the year its rule goes back to, a
         * growth its last year with its first. Other figures compare each year with the year before.
         *
         * @param period the years of the answer as texts, such as 2012..2023 or 2023-05
         */
        public static ComparedYears of(FigureQuery query, String period, LocalDate today) {
            int dots = period.indexOf("..");
            int last = parseYear(dots < 0 ? period : period.substring(dots + 2));
            int first = dots <= 0 ? last : parseYear(period);
            return ruleOf(query.figure()) instanceof DerivationRule.GrowthRule
                    ? new ComparedYears(List.of(first, last), last - first, last, today.getYear())
                    : ofRange(query.figure(), first, last, today);
        }

        private static @Nullable DerivationRule ruleOf(Figure figure) {
            return figure instanceof DerivedFigure derived ? derived.rule() : null;
        }

        private static int parseYear(String text) {
            return Integer.parseInt(text.substring(0, YEAR_DIGITS));
        }

        /** Compares each year with the year before, and a change with the year its rule goes back to. */
        public static ComparedYears ofRange(Figure figure, int first, int last, LocalDate today) {
            List<Integer> years = new ArrayList<>();
            for (int year = first; year <= last; year++) {
                years.add(year);
            }
            int back = ruleOf(figure) instanceof DerivationRule.ChangeRule change ? change.yearsBack() : 1;
            return new ComparedYears(years, back, first, today.getYear());
        }
    }

    /**
     * The coverage of a query.
     *
     * @param years the compared years
     */
    public record FigureCoverage(List<CoverageYear> years, ReportedYears reported) {}

    public CoverageInputs readInputs(FiguresView view, Figure figure) {
        Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> own = new LinkedHashMap<>();
        countedRecords(figure).forEach(record -> own.put(record, view.countsByYear(record)));
        Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> all = new LinkedHashMap<>();
        recordCounts.recordsOfSameServices(own.keySet()).forEach(record -> all.put(record, view.countsByYear(record)));
        return new CoverageInputs(recordCounts.findYearBasis(figure), own, all, pushes.earlier());
    }

    /** Reads the inputs of a figure as of a past point in time, from the figure's own records alone. */
    public CoverageInputs readPastInputs(FiguresView view, Figure figure) {
        Map<String, Map<Integer, FactCountsByYear.YearFactCounts>> own = new LinkedHashMap<>();
        countedRecords(figure).forEach(record -> own.put(record, view.countsByYear(record)));
        return new CoverageInputs(
                recordCounts.findYearBasis(figure), own, Map.of(), LastPushTracker.EarlierPushes.EMPTY);
    }

    /**
     * Computes the coverage as of a past point in time. Pending rows and plans have no history; their fields are null.
     *
     * @param moment time of the checkpoint
     * @param known whether the platform knew any of the figure's records
     * @param of the provinces of the query; empty for all
     * @param own the only province that the answer may name; empty when it may name all
     * @throws Refusal.Unavailable when the submission state cannot be read
     */
    public FigureCoverage computePastCoverage(
            Figure figure,
            CoverageInputs seen,
            Instant moment,
            boolean known,
            ComparedYears compared,
            Set<String> of,
            Optional<String> own) {
        YearProgress progress = new YearProgress(seen, readPastState(moment), topics, clock.getZone());
        Set<String> asked = provincesOf(of);
        List<CoverageYear> years = new ArrayList<>();
        for (int year : compared.years()) {
            ProvinceCoverage provinces =
                    ProvinceCoverage.compare(progress, compared, year, of, own, labels::provinceName);
            boolean reported = progress.isReported(asked, year);
            years.add(new CoverageYear(
                    year,
                    known || reported,
                    provinces.reporting(),
                    reported,
                    toInteger(progress.lastReportedYear(asked, year)),
                    countClosed(progress, year, of),
                    provinces.notClosed(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    provinces.missing(),
                    provinces.added(),
                    provinces.fewer(),
                    provinces.more(),
                    known || reported ? provinces.warning() : NOTHING_KNOWN));
        }
        return new FigureCoverage(List.copyOf(years), new ReportedYears(figure, progress, asked));
    }

    /**
     * @param of the provinces of the query; empty for all
     * @param own the only province that the answer may name; empty when it may name all
     * @throws Refusal.Unavailable when the submission state could not be read since the start
     */
    public FigureCoverage findOrComputeCoverage(
            Figure figure, CoverageInputs seen, ComparedYears compared, Set<String> of, Optional<String> own) {
        SubmissionState state = findOrReadState();
        CoverageKey key = new CoverageKey(figure.code(), compared, of, own);
        CachedCoverage last = coverages.getIfPresent(key);
        if (last != null && last.isOf(figure, seen, state)) {
            return last.coverage();
        }
        FigureCoverage computed = computeCoverage(figure, seen, state, compared, of, own);
        coverages.put(key, new CachedCoverage(figure, seen, state, computed));
        return computed;
    }

    private FigureCoverage computeCoverage(
            Figure figure,
            CoverageInputs seen,
            SubmissionState state,
            ComparedYears compared,
            Set<String> of,
            Optional<String> own) {
        YearProgress progress = new YearProgress(seen, state, topics, clock.getZone());
        Set<String> asked = provincesOf(of);
        List<CoverageYear> years = new ArrayList<>();
        for (int year : compared.years()) {
            ProvinceCoverage provinces =
                    ProvinceCoverage.compare(progress, compared, year, of, own, labels::provinceName);
            Set<String> visible = new TreeSet<>(asked);
            visible.removeIf(province -> !own.map(province::equals).orElse(true));
            PendingCounts waiting = sumPending(figure, state, year, visible);
            ExpectedCounts expected = countExpected(progress, year, visible);
            years.add(new CoverageYear(
                    year,
                    true,
                    provinces.reporting(),
                    progress.isReported(asked, year),
                    toInteger(progress.lastReportedYear(asked, year)),
                    countClosed(progress, year, of),
                    provinces.notClosed(),
                    waiting.parked(),
                    waiting.refused(),
                    expected.received(),
                    expected.records(),
                    expected.source(),
                    LastPushTracker.latest(waiting.latestChange(), findLastChange(seen, year, visible)),
                    provinces.missing(),
                    provinces.added(),
                    provinces.fewer(),
                    provinces.more(),
                    provinces.warning()));
        }
        return new FigureCoverage(List.copyOf(years), new ReportedYears(figure, progress, asked));
    }

    /**
     * Returns the years that any province has reported about.
     *
     * @throws Refusal.Unavailable when the submission state could not be read since the start
     */
    public ReportedYears findReportedYears(Figure figure, CoverageInputs seen) {
        return toReportedYears(figure, seen, findOrReadState(), Set.of());
    }

    /**
     * Returns the years that provinces had reported about at a point in time.
     *
     * @param view the records as they were known then
     * @throws Refusal.Unavailable when the submission state cannot be read
     */
    public ReportedYears readPastReportedYears(FiguresView view, FigureQuery query, Instant moment) {
        return toReportedYears(view, query, readPastState(moment));
    }

    /**
     * Returns, for queries on one view, the years that provinces had reported about. All of them see one submission state.
     *
     * @param moment time of the submission state; null for now
     * @throws Refusal.Unavailable when the submission state cannot be read
     */
    public Function<FigureQuery, ReportedYears> reportedYearsOf(FiguresView view, @Nullable Instant moment) {
        SubmissionState state = moment == null ? findOrReadState() : readPastState(moment);
        return query -> toReportedYears(view, query, state);
    }

    private ReportedYears toReportedYears(FiguresView view, FigureQuery query, SubmissionState state) {
        return toReportedYears(
                query.figure(),
                readPastInputs(view, query.figure()),
                state,
                query.filters().getOrDefault(PROVINCE_DIMENSION, Set.of()));
    }

    /** @param of the provinces of the query; empty for all */
    ReportedYears toReportedYears(Figure figure, CoverageInputs seen, SubmissionState state, Set<String> of) {
        return new ReportedYears(figure, new YearProgress(seen, state, topics, clock.getZone()), provincesOf(of));
    }

    private static Set<String> provincesOf(Set<String> of) {
        return new TreeSet<>(of.isEmpty() ? Province.codes() : of);
    }

    private static @Nullable Integer toInteger(OptionalInt year) {
        return year.isPresent() ? year.getAsInt() : null;
    }

    /**
     * @param records null when no sender's number is known
     * @param sendersPlanned number of senders with a plan
     * @param sendersKnown number of senders with a known number
     */
    private record ExpectedCounts(long received, @Nullable Long records, int sendersPlanned, int sendersKnown) {

        @Nullable
        String source() {
            return sendersKnown == 0
                    ? null
                    : sendersPlanned == 0 ? "year-before" : sendersPlanned == sendersKnown ? "plan" : "both";
        }
    }

    /** Counts by sender, because a plan covers all records of a service. */
    private static ExpectedCounts countExpected(YearProgress progress, int year, Set<String> provinces) {
        long received = 0;
        long records = 0;
        int planned = 0;
        int known = 0;
        for (String service : progress.services()) {
            for (String province : provinces) {
                received += progress.recordCount(service, province, year);
                Long plan = progress.plannedRecords(service, province, year);
                Long expected = expectedRecords(plan, progress.recordCount(service, province, year - 1));
                if (expected != null) {
                    known++;
                    planned += plan == null ? 0 : 1;
                    records += expected;
                }
            }
        }
        return new ExpectedCounts(received, known == 0 ? null : records, planned, known);
    }

    /**
     * Returns the number of records of a sender that are expected about a year.
     *
     * @param plan the planned number; null without a plan
     * @return null when there is neither a plan nor a record about the year before
     */
    static @Nullable Long expectedRecords(@Nullable Long plan, long before) {
        return plan != null ? plan : before > 0 ? before : null;
    }

    private static @Nullable Instant findLastChange(CoverageInputs seen, int year, Set<String> provinces) {
        Instant last = null;
        for (Map.Entry<String, Map<Integer, FactCountsByYear.YearFactCounts>> record :
                seen.countedRecords().entrySet()) {
            FactCountsByYear.YearFactCounts since =
                    record.getValue().getOrDefault(year, FactCountsByYear.YearFactCounts.EMPTY);
            for (String province : provinces) {
                last = LastPushTracker.latest(
                        last, seen.earlierPushes().lastChange(record.getKey(), province, year, since));
            }
        }
        return last;
    }

    private static int countClosed(YearProgress progress, int year, Set<String> of) {
        return (int) (of.isEmpty() ? Province.codes() : of)
                .stream().filter(province -> progress.isClosed(province, year)).count();
    }

    private static Set<String> countedRecords(Figure figure) {
        Set<String> records = new TreeSet<>();
        figure.reportedFigures().forEach(counted -> records.add(counted.record()));
        return records;
    }

    /** Sums the pending counts of the records that the figure counts. */
    private static PendingCounts sumPending(Figure figure, SubmissionState state, int year, Set<String> provinces) {
        Set<String> records = countedRecords(figure);
        return state.pending().entrySet().stream()
                .filter(each -> each.getKey().year().year() == year
                        && records.contains(each.getKey().record())
                        && provinces.contains(each.getKey().year().sender().province()))
                .map(Map.Entry::getValue)
                .reduce(PendingCounts.EMPTY, PendingCounts::plus);
    }

    private SubmissionState readPastState(Instant moment) {
        try {
            return submissions.readStateAt(moment);
        } catch (DatabaseException e) {
            throw new Refusal.Unavailable(5);
        }
    }

    /** Returns the last state read while the database is unavailable. */
    private SubmissionState findOrReadState() {
        CachedSubmissionState last = cachedState;
        if (last == null || System.nanoTime() - last.expiresAtNanos() > 0) {
            SubmissionState state = readState(last);
            if (last != null && last.state().equals(state)) {
                state = last.state();
            }
            last = new CachedSubmissionState(System.nanoTime() + STATE_CACHE_NANOS, state);
            cachedState = last;
        }
        return last.state();
    }

    private SubmissionState readState(@Nullable CachedSubmissionState last) {
        try {
            return submissions.readState();
        } catch (DatabaseException e) {
            if (last == null) {
                throw new Refusal.Unavailable(5);
            }
            return last.state();
        }
    }
}
