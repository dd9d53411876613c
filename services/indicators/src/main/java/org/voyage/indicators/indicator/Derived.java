package org.voyage.indicators.indicator;

import java.util.List;

/**
 * A figure that is computed from others whenever it is asked for, at one moment: it has no cells of its own, and so it can
 * never disagree with them.
 *
 * @param dimensions those that all its operands have, without what the rule itself needs
 * @param lists those that all its operands have
 */
public record Derived(
        String code,
        int version,
        Text name,
        Unit unit,
        Rule rule,
        List<String> dimensions,
        List<String> lists,
        Text derivation)
        implements Figure {

    public Derived {
        dimensions = List.copyOf(dimensions);
        lists = List.copyOf(lists);
    }

    @Override
    public List<Indicator> counted() {
        return rule.operands().stream()
                .flatMap(operand -> operand.counted().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<String> records() {
        return counted().stream()
                .flatMap(indicator -> indicator.records().stream())
                .distinct()
                .toList();
    }

    /** What is made of open figures is open; of what was released nothing is derived. */
    @Override
    public Outside outside() {
        return rule.operands().stream().allMatch(operand -> operand.outside() instanceof Outside.Open)
                ? new Outside.Open()
                : new Outside.Closed();
    }

    @Override
    public boolean isCount() {
        return rule instanceof Rule.Sum || rule instanceof Rule.Over;
    }

    @Override
    public boolean addsUp() {
        return rule instanceof Rule.Sum sum && sum.of().stream().allMatch(Figure::addsUp);
    }
}
