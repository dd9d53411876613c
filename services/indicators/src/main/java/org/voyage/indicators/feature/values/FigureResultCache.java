package org.voyage.indicators.feature.values;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.CubeVersionStamp;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ListCriterion;
import org.voyage.indicators.query.PeriodFilter;

/**
 * Cache of the results of recent queries, because dashboards repeat them. A result is valid on the same day while its
 * cells are unchanged; the first query of a day drops all results of the day before. Events of other figures only
 * change the position of the answer.
 */
@ApplicationScoped
class FigureResultCache {

    /** Maximum number of values of all results: some 15 MB. */
    private static final int MAX_CACHED_CELLS = 50_000;
    /** Minimum weight of a result, so there are at most 500. */
    private static final int MIN_WEIGHT_CELLS = 100;

    private final FigureCalculator figures;
    private final Cache<FigureResultKey, CachedFigureResult> answers = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CELLS)
            .weigher((FigureResultKey key, CachedFigureResult held) -> Math.max(MIN_WEIGHT_CELLS, held.size()))
            .executor(Runnable::run)
            .build();
    private final AtomicReference<LocalDate> lastDay = new AtomicReference<>(LocalDate.MIN);

    FigureResultCache(FigureCalculator figures) {
        this.figures = figures;
    }

    private record FigureResultKey(
            String figure,
            List<Breakdown> breakdowns,
            Map<String, Set<String>> filters,
            List<ListCriterion> lists,
            PeriodFilter period,
            ResultOptions options,
            Optional<String> province,
            LocalDate today,
            long seriesVersion) {}

    /** Returns the number of results in memory. */
    long size() {
        answers.cleanUp();
        return answers.estimatedSize();
    }

    private record CachedFigureResult(FigureResult result, CubeVersionStamp cubeVersions) {
        int size() {
            return result.cells().size() + result.totals().size();
        }
    }

    /** @param province the only province whose own values may appear; empty when all may */
    FigureResult findOrCompute(FiguresView view, FigureQuery query, ResultOptions options, Optional<String> province) {
        LocalDate today = figures.today();
        if (!today.equals(lastDay.getAndSet(today))) {
            answers.invalidateAll();
        }
        FigureResultKey key = new FigureResultKey(
                query.figure().code(),
                query.breakdowns(),
                query.filters(),
                query.listFilters(),
                query.period(),
                options,
                province,
                today,
                figures.seriesVersion());
        CachedFigureResult before = answers.getIfPresent(key);
        if (before != null && before.cubeVersions().isCurrentIn(view, query.figure())) {
            return before.result().withPositionOf(view);
        }
        FigureResult counted = FigureResult.compute(view, query, options, figures, province);
        answers.put(key, new CachedFigureResult(counted, CubeVersionStamp.capture(view, query.figure())));
        return counted;
    }
}
