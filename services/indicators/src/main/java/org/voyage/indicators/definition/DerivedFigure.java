package org.voyage.indicators.definition;

import java.util.List;

/**
 * A figure that is computed from others whenever it is asked for, at one moment: it has no cells of its own, and so it can
 * never disagree with them.
 *
 * @param dimensions those that all its operands have, without what the rule itself needs
 * @param lists those that all its operands have
 */
public record DerivedFigure(
        String code,
        int version,
        LocalizedText name,
        Unit unit,
        DerivationRule rule,
        List<String> dimensions,
        List<String> lists,
        LocalizedText derivation)
        implements Figure {

    public DerivedFigure {
        dimensions = List.copyOf(dimensions);
        lists = List.copyOf(lists);
    }

    @Override
    public List<CountedFigure> countedFigures() {
        return rule.operands().stream()
                .flatMap(operand -> operand.countedFigures().stream())
                .distinct()
                .toList();
    }

    @Override
    public List<String> records() {
        return countedFigures().stream()
                .flatMap(indicator -> indicator.records().stream())
                .distinct()
                .toList();
    }

    /** What is made of open figures is open; of what was released nothing is derived. */
    @Override
    public PublicAccess publicAccess() {
        return rule.operands().stream().allMatch(operand -> operand.publicAccess() instanceof PublicAccess.OpenAccess)
                ? new PublicAccess.OpenAccess()
                : new PublicAccess.ClosedAccess();
    }

    @Override
    public boolean isCount() {
        return rule instanceof DerivationRule.SumRule || rule instanceof DerivationRule.ThresholdCountRule;
    }

    @Override
    public boolean isAdditive() {
        return rule instanceof DerivationRule.SumRule sum
                && sum.figures().stream().allMatch(Figure::isAdditive);
    }
}
