package org.voyage.indicators.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.voyage.indicators.evidence.PastEvidence.Step;

/** What moved a value, by cause. The amounts of all causes add up to the difference exactly. */
final class Movement {

    private final Map<Why, List<Effect>> effects = new EnumMap<>(Why.class);
    private final Map<Why, BigDecimal> passed = new EnumMap<>(Why.class);

    /** What one event did to the value. */
    record Effect(Step step, BigDecimal amount) {}

    /** What moved the value without any event. */
    void passed(Why why, BigDecimal amount) {
        if (amount.signum() != 0) {
            passed.merge(why, amount, BigDecimal::add);
        }
    }

    void moved(Why why, Step step, BigDecimal amount) {
        if (amount.signum() != 0) {
            effects.computeIfAbsent(why, key -> new ArrayList<>()).add(new Effect(step, amount));
        }
    }

    /** The largest effects of each cause first. */
    Map<Why, List<Effect>> effects() {
        effects.values()
                .forEach(each -> each.sort(
                        Comparator.comparing((Effect effect) -> effect.amount().abs(), Comparator.reverseOrder())));
        return effects;
    }

    /** What each cause did, exactly. */
    Map<Why, BigDecimal> amounts() {
        Map<Why, BigDecimal> amounts = new EnumMap<>(passed);
        effects.forEach((why, each) -> amounts.merge(
                why, each.stream().map(Effect::amount).reduce(BigDecimal.ZERO, BigDecimal::add), BigDecimal::add));
        return amounts;
    }

    BigDecimal difference() {
        return amounts().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
