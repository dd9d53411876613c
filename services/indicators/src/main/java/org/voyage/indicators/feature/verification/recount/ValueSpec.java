package org.voyage.indicators.feature.verification.recount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.Figure;

/**
 * Specification of the wanted values of a figure for one date range.
 *
 * @param role role in the derived figure, as in {@code part} or {@code each.term}
 * @param breakdowns dimensions, and lists of members as in {@code list:belt-and-road@then}
 * @param conditions per dimension the codes that count
 */
public record ValueSpec(
        String role, Figure figure, List<String> breakdowns, Map<String, Set<String>> conditions, DateRange dates) {

    /** Prefix of the name of a list in a breakdown. */
    public static final String LIST_PREFIX = "list:";

    private static final String LIST_NAME = "list";

    public ValueSpec {
        breakdowns = List.copyOf(breakdowns);
        conditions = Map.copyOf(conditions);
    }

    /** Returns the specification for an operand. */
    ValueSpec forOperand(String as, Figure other) {
        return new ValueSpec(role.isEmpty() ? as : role + "." + as, other, breakdowns, conditions, dates);
    }

    /** Returns the specification for an operand of a share, or for the subtrahend of a difference. */
    ValueSpec forShareOperand(String as, DerivationRule.ShareOperand operand) {
        Map<String, Set<String>> narrowed = new HashMap<>(conditions);
        narrowed.keySet().removeAll(operand.unfilteredDimensions());
        narrowed.putAll(operand.includedCodes());
        List<String> split = breakdowns.stream()
                .filter(name ->
                        !operand.unfilteredDimensions().contains(name.startsWith(LIST_PREFIX) ? LIST_NAME : name))
                .toList();
        return forOperand(as, operand.figure()).copyWith(split, narrowed, dates);
    }

    /** Returns the specification for the reports of each sender, which only a condition on the sender narrows. */
    ValueSpec forReports(String as, Figure reported, String sender) {
        Map<String, Set<String>> narrowed = new HashMap<>(conditions);
        narrowed.keySet().retainAll(Set.of(sender));
        return forOperand(as, reported).copyWith(List.of(sender), narrowed, dates);
    }

    ValueSpec withDates(DateRange other) {
        return copyWith(breakdowns, conditions, other);
    }

    /** Returns the specification with one more dimension, which comes last. */
    ValueSpec splitByCode(String dimension) {
        List<String> more = new ArrayList<>(breakdowns);
        more.add(dimension);
        return copyWith(more, conditions, dates);
    }

    private ValueSpec copyWith(List<String> split, Map<String, Set<String>> narrowed, DateRange other) {
        return new ValueSpec(role, figure, split, narrowed, other);
    }
}
