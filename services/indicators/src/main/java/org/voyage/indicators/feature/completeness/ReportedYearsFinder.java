package org.voyage.indicators.feature.completeness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.CoverageCalculator.CoverageInputs;
import org.voyage.indicators.feature.completeness.SubmissionStore.SenderYear;
import org.voyage.indicators.feature.completeness.SubmissionStore.SubmissionState;
import org.voyage.indicators.feature.completeness.SubmissionStore.YearClosing;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.kit.database.DatabaseException;
import org.voyage.kit.problem.Refusal;

/**
 * Finder of reported years and of moved years for the stream, which looks many times a second. A look never waits for
 * the database: the states of years are read in the background, at most once a second.
 */
@ApplicationScoped
public class ReportedYearsFinder {

    private static final Logger LOG = Logger.getLogger(ReportedYearsFinder.class);
    private static final long CLOSINGS_CACHE_NANOS = 1_000_000_000L;
    private static final int MAX_CACHED_FIGURES = 1_000;

    private final CoverageCalculator coverage;
    private final SubmissionStore submissions;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final Cache<FigureProvinces, CachedYears> years = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED_FIGURES)
            .executor(Runnable::run)
            .build();
    private volatile @Nullable CachedClosings cachedClosings;
    /** The states at the last call of {@link #takeMovedYears}; null before the first. */
    private @Nullable Map<SenderYear, YearClosing> takenClosings;

    ReportedYearsFinder(CoverageCalculator coverage, SubmissionStore submissions) {
        this.coverage = coverage;
        this.submissions = submissions;
    }

    private record CachedClosings(long expiresAtNanos, Map<SenderYear, YearClosing> closings) {}

    private record FigureProvinces(String figure, Set<String> provinces) {}

    private record CachedYears(CoverageInputs inputs, Map<SenderYear, YearClosing> closings, ReportedYears years) {}

    /**
     * Reads the closings of years if they were never read.
     *
     * @throws Refusal.Unavailable when they cannot be read
     */
    public void requireClosings() {
        if (cachedClosings == null) {
            try {
                readClosings();
            } catch (DatabaseException e) {
                throw new Refusal.Unavailable(5);
            }
        }
    }

    /** Finds the years of a query about which provinces have reported. */
    public ReportedYears findReportedYears(FiguresView view, FigureQuery query) {
        Map<SenderYear, YearClosing> closings = findClosings();
        CoverageInputs inputs = coverage.readInputs(view, query.figure());
        FigureProvinces key = new FigureProvinces(
                query.figure().code(), query.filters().getOrDefault(CoverageCalculator.PROVINCE_DIMENSION, Set.of()));
        CachedYears cached = years.getIfPresent(key);
        if (cached == null
                || !cached.closings().equals(closings)
                || !cached.inputs().equals(inputs)) {
            cached = new CachedYears(
                    inputs,
                    closings,
                    coverage.toReportedYears(
                            query.figure(),
                            inputs,
                            new SubmissionState(closings, Map.of(), Map.of()),
                            key.provinces()));
            years.put(key, cached);
        }
        return cached.years();
    }

    /** Returns the years whose state has changed since the last call; none at the first. */
    public synchronized List<YearStateChange> takeMovedYears() {
        Map<SenderYear, YearClosing> now = findClosings();
        Map<SenderYear, YearClosing> before = takenClosings;
        if (cachedClosings == null || now == before) {
            return List.of();
        }
        takenClosings = now;
        if (before == null) {
            return List.of();
        }
        Set<SenderYear> moved = new HashSet<>(before.keySet());
        moved.addAll(now.keySet());
        moved.removeIf(year -> Objects.equals(now.get(year), before.get(year)));
        return moved.stream().map(year -> toYearState(year, now.get(year))).toList();
    }

    /** Lets the next call of {@link #takeMovedYears} begin again: no client watches until then. */
    public synchronized void forgetMovedYears() {
        takenClosings = null;
    }

    private static YearStateChange toYearState(SenderYear of, @Nullable YearClosing closing) {
        return new YearStateChange(
                of.sender().service(),
                of.sender().province(),
                of.year(),
                closing == null ? YearProgress.OPEN_STATE : closing.state());
    }

    private Map<SenderYear, YearClosing> findClosings() {
        CachedClosings last = cachedClosings;
        boolean expired = last == null || System.nanoTime() - last.expiresAtNanos() > 0;
        if (expired && reading.compareAndSet(false, true)) {
            Infrastructure.getDefaultWorkerPool().execute(this::readInBackground);
        }
        return last == null ? Map.of() : last.closings();
    }

    private void readInBackground() {
        try {
            readClosings();
        } catch (DatabaseException e) {
            LOG.debugf("the closings of years could not be read: %s", e.getMessage());
        } finally {
            reading.set(false);
        }
    }

    private void readClosings() {
        CachedClosings last = cachedClosings;
        Map<SenderYear, YearClosing> closings = submissions.readClosings();
        if (last != null && last.closings().equals(closings)) {
            closings = last.closings();
        }
        cachedClosings = new CachedClosings(System.nanoTime() + CLOSINGS_CACHE_NANOS, closings);
    }
}
