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
 * What moved a value, by cause. The amounts of all causes add up to the difference exactly. However many events there are,
 * only the largest of each cause are kept.
 */
public final class ChangeAttribution {

    private static final int MAX_EFFECTS = 10;
    private static final Comparator<EventEffect> LARGEST_FIRST = Comparator.comparing(
                    (EventEffect effect) -> effect.amount().abs(), Comparator.reverseOrder())
            .thenComparing(EventEffect::number);

    private final Predicate<VersionLocation> isVisible;
    private final Map<ChangeReason, CauseSummary> effects = new EnumMap<>(ChangeReason.class);
    private final Map<ChangeReason, BigDecimal> amountsWithoutEvent = new EnumMap<>(ChangeReason.class);

    /** @param shown the events that the reader may see */
    ChangeAttribution(Predicate<VersionLocation> shown) {
        this.isVisible = shown;
    }

    /**
     * What one event did to the value.
     *
     * @param number by which the events of its cause are counted through
     */
    record EventEffect(String record, VersionLocation place, BigDecimal amount, int number) {}

    /** What the events of one cause did. */
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

        /** How many of them the reader may not see. */
        int hiddenEvents() {
            return hiddenEvents;
        }

        /** Those that moved it most, of those that the reader may see, the largest first. */
        List<EventEffect> largestVisible() {
            List<EventEffect> sorted = new ArrayList<>(largest);
            sorted.sort(LARGEST_FIRST);
            return sorted;
        }
    }

    /** What moved the value without any event. */
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

    /** What the events of a cause did; nothing where there was none. */
    CauseSummary effectsOf(ChangeReason why) {
        return effects.getOrDefault(why, new CauseSummary());
    }

    /** What each cause did, exactly. */
    Map<ChangeReason, BigDecimal> sumByCause() {
        Map<ChangeReason, BigDecimal> amounts = new EnumMap<>(amountsWithoutEvent);
        effects.forEach((why, each) -> amounts.merge(why, each.amount, BigDecimal::add));
        return amounts;
    }

    BigDecimal sumAll() {
        return sumByCause().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
