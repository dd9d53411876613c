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
    public List<CountedFigure> reportedFigures() {
        return rule instanceof DerivationRule.DifferenceRule difference
                ? List.of(difference.reported())
                : rule.operands().stream()
                        .flatMap(operand -> operand.reportedFigures().stream())
                        .distinct()
                        .toList();
    }

    /** Returns whether months are unknown. A difference of stocks has a value on each day. */
    @Override
    public boolean isKnownByYearOnly() {
        return rule instanceof DerivationRule.DifferenceRule difference
                ? difference.minuend().isKnownByYearOnly()
                : rule.operands().stream().anyMatch(Figure::isKnownByYearOnly);
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
        return switch (rule) {
            case DerivationRule.SumRule _, DerivationRule.DifferenceRule _, DerivationRule.ThresholdCountRule _ -> true;
            case DerivationRule.ShareRule _,
                    DerivationRule.PublishedShareRule _,
                    DerivationRule.ChangeRule _,
                    DerivationRule.GrowthRule _,
                    DerivationRule.PerCodeRule _ -> false;
        };
    }

    @Override
    public boolean isAdditive() {
        return rule instanceof DerivationRule.SumRule sum
                && sum.figures().stream().allMatch(Figure::isAdditive);
    }
}
