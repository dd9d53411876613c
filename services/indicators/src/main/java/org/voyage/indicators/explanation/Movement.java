package org.voyage.indicators.explanation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.evidence.PastEvidence.Step;

/** What moved a value, by cause. The amounts of all causes add up to the difference exactly. */
final class Movement {

    private final Map<Why, List<Effect>> effects = new EnumMap<>(Why.class);
    private final Map<Why, Long> passed = new EnumMap<>(Why.class);

    /** What one event did to the value. */
    record Effect(Step step, long amount) {}

    /** What moved the value without any event. */
    void passed(Why why, long amount) {
        if (amount != 0) {
            passed.merge(why, amount, Long::sum);
        }
    }

    void moved(Why why, Step step, long amount) {
        if (amount != 0) {
            effects.computeIfAbsent(why, key -> new ArrayList<>()).add(new Effect(step, amount));
        }
    }

    Map<Why, Long> passed() {
        return passed;
    }

    /** The largest effects of each cause first. */
    Map<Why, List<Effect>> effects() {
        effects.values()
                .forEach(each -> each.sort(Comparator.comparingLong((Effect effect) -> -Math.abs(effect.amount()))));
        return effects;
    }

    long difference() {
        return passed.values().stream().mapToLong(Long::longValue).sum()
                + effects.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Effect::amount)
                        .sum();
    }
}
