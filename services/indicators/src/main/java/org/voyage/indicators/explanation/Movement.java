package org.voyage.indicators.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.voyage.indicators.evidence.PastEvidence.Place;
import org.voyage.indicators.evidence.PastEvidence.Step;

/**
 * What moved a value, by cause. The amounts of all causes add up to the difference exactly. However many events there are,
 * only the largest of each cause are kept.
 */
public final class Movement {

    private static final int TOP = 10;
    private static final Comparator<Effect> LARGEST = Comparator.comparing(
                    (Effect effect) -> effect.amount().abs(), Comparator.reverseOrder())
            .thenComparing(Effect::number);

    private final Predicate<Place> shown;
    private final Map<Why, Effects> effects = new EnumMap<>(Why.class);
    private final Map<Why, BigDecimal> passed = new EnumMap<>(Why.class);

    /** @param shown the events that the reader may see */
    Movement(Predicate<Place> shown) {
        this.shown = shown;
    }

    /**
     * What one event did to the value.
     *
     * @param number by which the events of its cause are counted through
     */
    record Effect(String record, Place place, BigDecimal amount, int number) {}

    /** What the events of one cause did. */
    static final class Effects {
        private final PriorityQueue<Effect> largest = new PriorityQueue<>(LARGEST.reversed());
        private BigDecimal amount = BigDecimal.ZERO;
        private int events;
        private int hidden;

        private void add(String record, Place place, BigDecimal more, boolean shown) {
            amount = amount.add(more);
            Effect effect = new Effect(record, place, more, events++);
            if (!shown) {
                hidden++;
            } else if (largest.size() < TOP) {
                largest.add(effect);
            } else if (LARGEST.compare(effect, Objects.requireNonNull(largest.peek())) < 0) {
                largest.remove();
                largest.add(effect);
            }
        }

        int events() {
            return events;
        }

        /** How many of them the reader may not see. */
        int hidden() {
            return hidden;
        }

        /** Those that moved it most, of those that the reader may see, the largest first. */
        List<Effect> largest() {
            List<Effect> sorted = new ArrayList<>(largest);
            sorted.sort(LARGEST);
            return sorted;
        }
    }

    /** What moved the value without any event. */
    void passed(Why why, BigDecimal amount) {
        if (amount.signum() != 0) {
            passed.merge(why, amount, BigDecimal::add);
        }
    }

    void moved(Why why, Step step, BigDecimal amount) {
        if (amount.signum() != 0) {
            effects.computeIfAbsent(why, _ -> new Effects())
                    .add(step.record(), step.place(), amount, shown.test(step.place()));
        }
    }

    /** What the events of a cause did; nothing where there was none. */
    Effects effects(Why why) {
        return effects.getOrDefault(why, new Effects());
    }

    /** What each cause did, exactly. */
    Map<Why, BigDecimal> amounts() {
        Map<Why, BigDecimal> amounts = new EnumMap<>(passed);
        effects.forEach((why, each) -> amounts.merge(why, each.amount, BigDecimal::add));
        return amounts;
    }

    BigDecimal difference() {
        return amounts().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
