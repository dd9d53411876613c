package org.voyage.indicators.explanation;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.PastEvidence.Step;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.intake.FactEvent;
import org.voyage.indicators.intake.FactReaders;
import org.voyage.indicators.intake.FactState;
import org.voyage.indicators.intake.UnreadableEvent;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.ChangeListener;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.LiveBatch;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.live.Positions.Position;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;

/** Goes on from what was known at one moment to what is known at another, event by event, and watches one value. */
final class Replay implements ChangeListener {

    private static final Logger LOG = Logger.getLogger(Replay.class);

    private final Indicator indicator;
    private final Duration lateAfter;
    private final ZoneId zone;
    private final Why passing;
    private final Movement movement = new Movement();
    private final Set<String> known = new HashSet<>();
    /** Of figures that this alone moves: it may be looked at again while they do. */
    private @Nullable Cut all;

    private @Nullable Question asked;
    private @Nullable Slice slice;
    private @Nullable Running running;
    private int earliest;

    /** @param passing why the value moves when another day looks at the same facts */
    Replay(Indicator indicator, Duration lateAfter, ZoneId zone, Why passing) {
        this.passing = passing;
        this.indicator = indicator;
        this.lateAfter = lateAfter;
        this.zone = zone;
    }

    /** What is asked for: a value of the moment it is looked at, and the cells that it is made of. */
    interface Question {
        long value(Cut cut);

        Slice slice(Cut cut);
    }

    /**
     * @param figures as they were known at the first moment; this listens to them, and nobody else uses them
     * @param first the value, asked for on the day of the first moment
     * @param last the same on the day of the last
     * @param next where the log was at the last moment
     */
    Movement run(
            LiveFigures figures,
            FactReaders readers,
            List<Step> steps,
            Question first,
            Question last,
            Map<TopicPartition, Long> next) {
        List<LiveBatch.Item> items = new ArrayList<>();
        for (Step step : steps) {
            items.add(item(step, readers));
        }
        figures.read(cut -> {
            all = cut;
            asked = last;
            slice = last.slice(cut);
            running = Running.of(cut.tally(indicator.code()), last.slice(cut), () -> last.value(cut));
            movement.passed(passing, last.value(cut) - first.value(cut));
            cut.keys(indicator.record(), known::add);
            return known.size();
        });
        for (int i = 0; i < items.size(); i++) {
            apply(figures, steps.get(i), items.get(i));
        }
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
        long before = value.value();
        earliest = Integer.MAX_VALUE;
        figures.apply(new LiveBatch(List.of(item), Map.of()));
        boolean own = step.record().equals(indicator.record());
        boolean wasKnown = own && !known.add(item.key());
        long amount = value.value() - before;
        if (amount != 0) {
            movement.moved(Why.of(step.cause(), step.place().change(), own, wasKnown, isLate(step)), step, amount);
        }
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
        if (earliest == Integer.MAX_VALUE) {
            return false;
        }
        int year = indicator.period() instanceof PeriodRule.FlowOfYear
                ? earliest
                : LocalDate.ofEpochDay(earliest).getYear();
        return year < 9999
                && step.place()
                        .eventTime()
                        .isAfter(LocalDate.of(year + 1, 1, 1)
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
        if (value != null && slice(at).holds(at)) {
            value.add(at, amount);
            earliest = Math.min(earliest, at[at.length - 1]);
        }
    }

    /** Some codes get their numbers only while an event is applied. */
    private Slice slice(int[] at) {
        if (slice == null || all == null || asked == null) {
            throw new IllegalStateException("nothing is watched yet");
        }
        if (!slice.knows(at)) {
            slice = asked.slice(all);
        }
        return slice;
    }

    @Override
    public void batchApplied() {
        // Each event is looked at as soon as it is applied.
    }
}
