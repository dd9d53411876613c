package org.voyage.indicators.definition;

import java.util.List;

/**
 * Figure that is computed from other figures on each query, at one point in time. It has no cells of its own and can
 * never contradict its operands.
 *
 * @param dimensions dimensions that all its operands have, without those that the rule itself uses
 * @param lists lists that all its operands have
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
                .flatMap(figure -> figure.records().stream())
                .distinct()
                .toList();
    }

    /** Returns open access if all operands are open. Released figures have no derived figures. */
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
