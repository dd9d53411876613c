package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.evidence.EvidenceHistory.StoredVersion;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;
import org.voyage.indicators.fact.FactEvent;
import org.voyage.indicators.fact.FactReaderRegistry;
import org.voyage.indicators.fact.FactState;
import org.voyage.indicators.fact.UnreadableEventException;
import org.voyage.indicators.live.CellChangeListener;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.LogPosition.PartitionPosition;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.kit.log.VersionOrder;

/** Replay of the events between two checkpoints, which watches one value. */
final class ChangeReplay implements CellChangeListener {

    private static final Logger LOG = Logger.getLogger(ChangeReplay.class);

    private static final int NO_YEAR = Integer.MAX_VALUE;

    private final Set<String> countedRecords;
    private final Duration lateAfter;
    private final ZoneId zone;
    private final AttributedChange movement;
    private final Set<String> knownFacts = new HashSet<>();
    private @Nullable IncrementalValue watchedValue;
    private int earliestYear = NO_YEAR;

    /** @param shown the events that the reader may see */
    ChangeReplay(Figure figure, Duration lateAfter, ZoneId zone, Predicate<VersionLocation> shown) {
        this.countedRecords =
                figure.countedFigures().stream().map(CountedFigure::record).collect(Collectors.toSet());
        this.lateAfter = lateAfter;
        this.zone = zone;
        this.movement = new AttributedChange(shown);
    }

    /** Source of events in the order in which they were made. */
    interface StoredVersionSource {
        void forEach(Consumer<StoredVersion> to);
    }

    /**
     * @param figures at the first checkpoint; this object listens to them and is their only user
     * @param last the query as of the last checkpoint
     * @param passed what the last checkpoint's definition, lists and day add to the same facts, and why
     * @param next the offsets of the last checkpoint
     */
    AttributedChange replay(
            LiveFigures figures,
            FactReaderRegistry readers,
            StoredVersionSource steps,
            ValueQuery last,
            Map<ChangeReason, BigDecimal> passed,
            Map<TopicPartition, Long> next) {
        passed.forEach(movement::addWithoutEvent);
        figures.readView(view -> {
            watchedValue = new IncrementalValue(view, last.calculator(), last.query());
            countedRecords.forEach(record -> view.forEachKey(record, key -> knownFacts.add(record + " " + key)));
            return knownFacts.size();
        });
        steps.forEach(step -> applyEvent(figures, step, toBatchItem(step, readers)));
        Map<TopicPartition, PartitionPosition> positions = new HashMap<>();
        next.forEach((partition, offset) -> positions.put(partition, new PartitionPosition(offset, -1)));
        figures.applyBatch(new LiveBatch(List.of(), positions));
        return movement;
    }

    private void applyEvent(LiveFigures figures, StoredVersion step, LiveBatch.LiveBatchItem item) {
        IncrementalValue value = watchedValue;
        if (value == null || item.event() == null) {
            return;
        }
        BigDecimal before = orZero(value.currentValue());
        earliestYear = NO_YEAR;
        figures.applyBatch(new LiveBatch(List.of(item), Map.of()));
        boolean own = countedRecords.contains(step.record());
        boolean wasKnown = own && !knownFacts.add(step.record() + " " + item.key());
        BigDecimal amount = orZero(value.currentValue()).subtract(before);
        movement.addEvent(
                ChangeReason.of(step.cause(), step.location().change(), own, wasKnown, isLate(step)), step, amount);
    }

    /** Returns 0 without a value, as for a share of nothing. */
    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    /** Reads a stored version; one that is not readable any more has no event. */
    static LiveBatch.LiveBatchItem toBatchItem(StoredVersion step, FactReaderRegistry readers) {
        String key = step.location().key();
        try {
            FactState state = step.stateAfter() == null
                    ? null
                    : readers.readerOf(step.record()).readState(step.stateAfter());
            FactEvent event = new FactEvent(
                    step.record(),
                    key,
                    step.location().version(),
                    step.location().change(),
                    state);
            return new LiveBatch.LiveBatchItem(step.location().topic(), step.record(), key, event);
        } catch (UnreadableEventException e) {
            LOG.warnf(
                    "version %d of %s %s is not readable any more: %s",
                    VersionOrder.versionOf(step.location().version()), step.record(), key, e.reason());
            return new LiveBatch.LiveBatchItem(step.location().topic(), step.record(), key, null);
        }
    }

    /** Returns whether the event was made later than the limit after the end of the year that it is about. */
    private boolean isLate(StoredVersion step) {
        return earliestYear < 9999
                && step.location()
                        .eventTime()
                        .isAfter(LocalDate.of(earliestYear + 1, 1, 1)
                                .atStartOfDay(zone)
                                .toInstant()
                                .plus(lateAfter));
    }

    @Override
    public boolean isInterestedIn(FigureAggregator aggregator) {
        return watchedValue != null;
    }

    @Override
    public void onCellMoved(FigureAggregator aggregator, int[] at, long amount, TriggeringEvent cause) {
        IncrementalValue value = watchedValue;
        if (value != null && value.addCell(aggregator, at, amount)) {
            int time = at[at.length - 1];
            int year = aggregator.indicator().period() instanceof PeriodRule.YearFlowPeriodRule
                    ? time
                    : LocalDate.ofEpochDay(time).getYear();
            earliestYear = Math.min(earliestYear, year);
        }
    }

    @Override
    public void onBatchApplied() {
        // Each event is attributed as soon as it is applied.
    }
}
