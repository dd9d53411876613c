package org.voyage.indicators.explanation;

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
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.evidence.PastEvidence.Step;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.ChangeListener;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Positions.Position;
import org.voyage.indicators.live.Tally;

/** Goes on from what was known at one moment to what is known at another, event by event, and watches one value. */
final class Replay implements ChangeListener {

    private static final Logger LOG = Logger.getLogger(Replay.class);

    private static final int NONE = Integer.MAX_VALUE;

    private final Set<String> counted;
    private final Duration lateAfter;
    private final ZoneId zone;
    private final Movement movement;
    private final Set<String> known = new HashSet<>();
    private @Nullable Running running;
    private int earliestYear = NONE;

    /** @param shown the events that the reader may see */
    Replay(Figure figure, Duration lateAfter, ZoneId zone, Predicate<Place> shown) {
        this.counted = figure.counted().stream().map(Indicator::record).collect(Collectors.toSet());
        this.lateAfter = lateAfter;
        this.zone = zone;
        this.movement = new Movement(shown);
    }

    /** Events in the order in which they were made. */
    interface Steps {
        void each(Consumer<Step> to);
    }

    /**
     * @param figures as they were known at the first moment; this listens to them, and nobody else uses them
     * @param last how the value is asked for at the last moment
     * @param passed what the same facts give more at the last moment than at the first, and why
     * @param next where the log was at the last moment
     */
    Movement run(
            LiveFigures figures,
            FactReaders readers,
            Steps steps,
            Asking last,
            Map<Why, BigDecimal> passed,
            Map<TopicPartition, Long> next) {
        passed.forEach(movement::passed);
        figures.read(cut -> {
            running = new Running(cut, last.figures(), last.query());
            counted.forEach(record -> cut.keys(record, key -> known.add(record + " " + key)));
            return known.size();
        });
        steps.each(step -> apply(figures, step, item(step, readers)));
        Map<TopicPartition, Position> positions = new HashMap<>();
        next.forEach((partition, offset) -> positions.put(partition, new Position(offset, -1)));
        figures.apply(new LiveBatch(List.of(), positions));
        return movement;
    }

    private void apply(LiveFigures figures, Step step, LiveBatch.Item item) {
        Running value = running;
        if (value == null || item.event() == null) {
            return;
        }
        BigDecimal before = orZero(value.value());
        earliestYear = NONE;
        figures.apply(new LiveBatch(List.of(item), Map.of()));
        boolean own = counted.contains(step.record());
        boolean wasKnown = own && !known.add(step.record() + " " + item.key());
        BigDecimal amount = orZero(value.value()).subtract(before);
        movement.moved(Why.of(step.cause(), step.place().change(), own, wasKnown, isLate(step)), step, amount);
    }

    /** Where there is no value, as of a share of nothing, there is nothing to move. */
    private static BigDecimal orZero(@Nullable BigDecimal value) {
        return value == null ? BigDecimal.ZERO : value;
    }

    private LiveBatch.Item item(Step step, FactReaders readers) {
        String key = step.place().key();
        try {
            FactState state =
                    step.after() == null ? null : readers.of(step.record()).readState(step.after());
            FactEvent event = new FactEvent(
                    step.record(), key, step.place().version(), step.place().change(), state);
            return new LiveBatch.Item(step.place().topic(), step.record(), key, event);
        } catch (UnreadableEvent e) {
            LOG.warnf(
                    "version %d of %s %s is not readable any more: %s",
                    step.place().version(), step.record(), key, e.reason());
            return new LiveBatch.Item(step.place().topic(), step.record(), key, null);
        }
    }

    /** Whether it was made so long after the end of the year that it is about. */
    private boolean isLate(Step step) {
        return earliestYear < 9999
                && step.place()
                        .eventTime()
                        .isAfter(LocalDate.of(earliestYear + 1, 1, 1)
                                .atStartOfDay(zone)
                                .toInstant()
                                .plus(lateAfter));
    }

    @Override
    public boolean wants(Tally tally) {
        return running != null;
    }

    @Override
    public void cellMoved(Tally tally, int[] at, long amount, Cause cause) {
        Running value = running;
        if (value != null && value.add(tally, at, amount)) {
            int time = at[at.length - 1];
            int year = tally.indicator().period() instanceof PeriodRule.FlowOfYear
                    ? time
                    : LocalDate.ofEpochDay(time).getYear();
            earliestYear = Math.min(earliestYear, year);
        }
    }

    @Override
    public void batchApplied() {
        // Each event is looked at as soon as it is applied.
    }
}
