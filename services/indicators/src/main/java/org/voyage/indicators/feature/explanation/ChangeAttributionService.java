package org.voyage.indicators.feature.explanation;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.config.IndicatorsConfig;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.evidence.EvidenceHistory.StoredVersion;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.completeness.CoverageCalculator;
import org.voyage.indicators.history.AsOfFigures;
import org.voyage.indicators.live.CellChangeListener;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.QueryRefusals;
import org.voyage.kit.problem.Refusal;

/**
 * Service that attributes the change of a value between two checkpoints. It first looks at the facts of the first
 * checkpoint by the definition, the lists and the day of the second, in this order. Then it replays the events between
 * the two.
 */
@ApplicationScoped
public class ChangeAttributionService {

    /** A new record is late when this time has passed since the end of its year. */
    private static final Duration LATE_AFTER = Duration.ofDays(90);

    private final AsOfViewResolver asOfResolver;
    private final AsOfFigures asOfFigures;
    private final EvidenceHistory evidence;
    private final CoverageCalculator coverage;
    private final Duration maxReplayTime;
    private final Clock clock;

    ChangeAttributionService(
            AsOfViewResolver asOfResolver,
            AsOfFigures known,
            EvidenceHistory evidence,
            CoverageCalculator coverage,
            IndicatorsConfig config,
            Clock clock) {
        this.asOfResolver = asOfResolver;
        this.asOfFigures = known;
        this.evidence = evidence;
        this.coverage = coverage;
        this.maxReplayTime = config.asOf().longest();
        this.clock = clock;
    }

    /**
     * @param query for one value, on the day of the second checkpoint
     * @param same the same query to the other definition of the figure; empty when that definition cannot answer it
     * @param shown the events that the reader may see
     * @throws Refusal.Malformed when the replay takes too long
     * @throws Refusal.Unavailable when the evidence cannot be read, or other requests wait for their turn
     */
    public ValueChange attributeChange(
            FigureQuery query,
            Function<Figure, Optional<FigureQuery>> same,
            Checkpoint from,
            Checkpoint to,
            Predicate<VersionLocation> shown) {
        Figure figure = query.figure();
        ValueQuery before = new ValueQuery(asOfResolver.calculatorAt(from), query);
        ValueQuery after = new ValueQuery(asOfResolver.calculatorAt(to), query);
        ValueQuery defined = Optional.of(asOfResolver.definitionAt(figure, from))
                .filter(then -> !then.equals(figure))
                .flatMap(same)
                .map(older -> new ValueQuery(before.calculator(), older))
                .orElse(before);
        ChangeReplay replay = new ChangeReplay(figure, LATE_AFTER, clock.getZone(), shown);
        boolean countedAlike = defined == before && before.calculator().hasSameRegionsAs(after.calculator());
        return asOfFigures.replayFrom(figure, from, to, replay, own -> {
            ValueChange.ValueAtCheckpoint start = countedAlike
                    ? readReportedValue(own.figures(), before, from)
                    : readReportedValue(
                            asOfFigures.buildUncached(defined.query().figure(), from), defined, from);
            AttributedChange movement = replay.replay(
                    own.figures(),
                    own.readers(),
                    steps -> evidence.forEachBetween(from, to, figure.records(), withDeadline(steps)),
                    after,
                    own.figures()
                            .readView(view ->
                                    computeWithoutEvents(view, start.exact(), defined != before, before, after)),
                    AsOfFigures.restrictToFigure(figure, to).nextOffsets());
            return new ValueChange(
                    start,
                    readReportedValue(own.figures(), after, to),
                    after.calculator().formatPeriod(query, List.of()),
                    movement);
        });
    }

    /**
     * Computes a value as it was known at several points in time, in one pass over the evidence.
     *
     * @param query for one value; its definition serves for all points
     * @param points in the order of their times, at least one; each has its own day and lists
     * @throws Refusal.Malformed when the pass takes too long
     * @throws Refusal.Unavailable when the evidence cannot be read, or other requests wait for their turn
     */
    public List<ValueChange.ValueAtCheckpoint> traceValue(FigureQuery query, List<Checkpoint> points) {
        Figure figure = query.figure();
        List<ValueChange.ValueAtCheckpoint> values = new ArrayList<>();
        return asOfFigures.replayFrom(figure, points.getFirst(), points.getLast(), new IgnoredChanges(), own -> {
            Checkpoint before = points.getFirst();
            for (Checkpoint point : points) {
                List<LiveBatch.LiveBatchItem> items = new ArrayList<>();
                evidence.forEachBetween(
                        AsOfFigures.restrictToFigure(figure, before),
                        AsOfFigures.restrictToFigure(figure, point),
                        figure.records(),
                        withDeadline(step -> items.add(ChangeReplay.toBatchItem(step, own.readers()))));
                own.figures().applyBatch(new LiveBatch(items, Map.of()));
                ValueQuery asking = new ValueQuery(asOfResolver.calculatorAt(point), query);
                values.add(own.figures()
                        .readView(view -> toKnownValue(view, asking, point, asking.computeValue(view), true)));
                before = point;
            }
            return values;
        });
    }

    /** Listener of a pass that needs the values between its steps only. */
    private static final class IgnoredChanges implements CellChangeListener {
        @Override
        public boolean isInterestedIn(FigureAggregator aggregator) {
            return false;
        }

        @Override
        public void onCellMoved(FigureAggregator aggregator, int[] at, long amount, TriggeringEvent cause) {
            // No change is of interest.
        }

        @Override
        public void onBatchApplied() {
            // The values are read after each step.
        }
    }

    /** Limits the time of a replay, because other requests wait. */
    private Consumer<StoredVersion> withDeadline(Consumer<StoredVersion> steps) {
        long end = System.nanoTime() + maxReplayTime.toNanos();
        return step -> {
            if (System.nanoTime() - end > 0) {
                throw QueryRefusals.malformed(
                        "from",
                        "too-far-apart",
                        "So much happened between the two moments that it takes more than " + maxReplayTime.toSeconds()
                                + " s to go from the one to the other; choose nearer ones.",
                        "两个时刻之间的变化过多，逐条推算超过 " + maxReplayTime.toSeconds() + " 秒，请缩短时间间隔。");
            }
            steps.accept(step);
        };
    }

    /**
     * Computes the difference that the second checkpoint's definition, lists and day make to the facts of the first.
     *
     * @param redefined whether the definition changed; otherwise the regions changed that the definition uses
     */
    private static Map<ChangeReason, BigDecimal> computeWithoutEvents(
            FiguresView view, @Nullable BigDecimal start, boolean redefined, ValueQuery before, ValueQuery after) {
        BigDecimal defined = before.computeValueOrZero(view);
        BigDecimal listed = new ValueQuery(before.calculator().withListsOf(after.calculator()), before.query())
                .computeValueOrZero(view);
        Map<ChangeReason, BigDecimal> passed = new EnumMap<>(ChangeReason.class);
        passed.put(
                redefined ? ChangeReason.DEFINITION_CHANGED : ChangeReason.LIST_CHANGED,
                defined.subtract(start == null ? BigDecimal.ZERO : start));
        passed.merge(ChangeReason.LIST_CHANGED, listed.subtract(defined), BigDecimal::add);
        passed.merge(
                findTimeReason(before.query(), before.calculator().today()),
                after.computeValueOrZero(view).subtract(listed),
                BigDecimal::add);
        return passed;
    }

    /**
     * Of a period that was over on the first day, only list membership as of today still depends on the current day.
     */
    private static ChangeReason findTimeReason(FigureQuery query, LocalDate first) {
        boolean listsOfToday = query.listFilters().stream().anyMatch(moment -> !moment.isAsThen());
        return listsOfToday && endOf(query.period()).isBefore(first)
                ? ChangeReason.LIST_CHANGED
                : ChangeReason.TIME_PASSED;
    }

    private static LocalDate endOf(PeriodFilter period) {
        return switch (period) {
            case PeriodFilter.CurrentPeriod _ -> LocalDate.MAX;
            case PeriodFilter.YearPeriod year -> YearMonth.of(year.year(), 12).atEndOfMonth();
            case PeriodFilter.YearRangePeriod years ->
                YearMonth.of(years.lastYear(), 12).atEndOfMonth();
            case PeriodFilter.MonthPeriod month -> month.month().atEndOfMonth();
        };
    }

    private ValueChange.ValueAtCheckpoint readReportedValue(
            LiveFigures figures, ValueQuery asking, Checkpoint checkpoint) {
        return figures.readView(view -> {
            BigDecimal exact = asking.computeValue(view);
            boolean isUnknown = coverage.readPastReportedYears(view, asking.query(), checkpoint.time())
                    .isUnknown(exact, asking.years());
            return toKnownValue(view, asking, checkpoint, exact, !isUnknown);
        });
    }

    private static ValueChange.ValueAtCheckpoint toKnownValue(
            FiguresView view,
            ValueQuery asking,
            Checkpoint checkpoint,
            @Nullable BigDecimal exact,
            boolean isReported) {
        return new ValueChange.ValueAtCheckpoint(
                checkpoint.time(),
                view.positions().offsetsByTopic(),
                exact,
                isReported,
                asking.query().figure().version(),
                asking.calculator().listVersions(asking.query()));
    }
}
