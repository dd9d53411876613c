package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.voyage.indicators.evidence.EvidenceHistory.StoredVersion;
import org.voyage.indicators.evidence.EvidenceHistory.VersionLocation;

/**
 * Attribution of a value's change by cause. The amounts of all causes add up to the difference exactly. It keeps only
 * the largest events of each cause.
 */
public final class AttributedChange {

    private static final int MAX_EFFECTS = 10;
    private static final Comparator<EventEffect> LARGEST_FIRST = Comparator.comparing(
                    (EventEffect effect) -> effect.amount().abs(), Comparator.reverseOrder())
            .thenComparing(EventEffect::number);

    private final Predicate<VersionLocation> isVisible;
    private final Map<ChangeReason, CauseSummary> effects = new EnumMap<>(ChangeReason.class);
    private final Map<ChangeReason, BigDecimal> amountsWithoutEvent = new EnumMap<>(ChangeReason.class);

    /** @param shown the events that the reader may see */
    AttributedChange(Predicate<VersionLocation> shown) {
        this.isVisible = shown;
    }

    /**
     * The effect of one event on the value.
     *
     * @param number sequence number among the events of its cause
     */
    record EventEffect(String record, VersionLocation place, BigDecimal amount, int number) {}

    /** The effects of the events of one cause. */
    static final class CauseSummary {
        private final PriorityQueue<EventEffect> largest = new PriorityQueue<>(LARGEST_FIRST.reversed());
        private BigDecimal amount = BigDecimal.ZERO;
        private int events;
        private int hiddenEvents;

        private void addEffect(String record, VersionLocation place, BigDecimal more, boolean shown) {
            amount = amount.add(more);
            EventEffect effect = new EventEffect(record, place, more, events++);
            if (!shown) {
                hiddenEvents++;
            } else if (largest.size() < MAX_EFFECTS) {
                largest.add(effect);
            } else if (LARGEST_FIRST.compare(effect, Objects.requireNonNull(largest.peek())) < 0) {
                largest.remove();
                largest.add(effect);
            }
        }

        int events() {
            return events;
        }

        /** Returns the number of events that the reader may not see. */
        int hiddenEvents() {
            return hiddenEvents;
        }

        /** Returns the events with the largest effects that the reader may see, the largest first. */
        List<EventEffect> largestVisible() {
            List<EventEffect> sorted = new ArrayList<>(largest);
            sorted.sort(LARGEST_FIRST);
            return sorted;
        }
    }

    /** Adds an effect that no event caused. */
    void addWithoutEvent(ChangeReason why, BigDecimal amount) {
        if (amount.signum() != 0) {
            amountsWithoutEvent.merge(why, amount, BigDecimal::add);
        }
    }

    void addEvent(ChangeReason why, StoredVersion step, BigDecimal amount) {
        if (amount.signum() != 0) {
            effects.computeIfAbsent(why, _ -> new CauseSummary())
                    .addEffect(step.record(), step.location(), amount, isVisible.test(step.location()));
        }
    }

    /** Returns the effects of a cause's events; empty without events. */
    CauseSummary effectsOf(ChangeReason why) {
        return effects.getOrDefault(why, new CauseSummary());
    }

    /** Returns the exact sum of each cause. */
    Map<ChangeReason, BigDecimal> sumByCause() {
        Map<ChangeReason, BigDecimal> amounts = new EnumMap<>(amountsWithoutEvent);
        effects.forEach((why, each) -> amounts.merge(why, each.amount, BigDecimal::add));
        return amounts;
    }

    BigDecimal sumAll() {
        return sumByCause().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
