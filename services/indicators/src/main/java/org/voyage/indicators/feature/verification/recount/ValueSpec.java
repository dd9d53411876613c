package org.voyage.indicators.feature.verification.recount;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.definition.DerivationRule;
import org.voyage.indicators.definition.Figure;

/**
 * What is to be known of a figure at one time.
 *
 * @param role what it is to the derived figure that is made of it, as in {@code part} or {@code each.term}
 * @param breakdowns what its values are split by: dimensions, and lists of members as in {@code list:belt-and-road@then}
 * @param conditions per dimension the codes that count
 */
public record ValueSpec(
        String role, Figure figure, List<String> breakdowns, Map<String, Set<String>> conditions, DateRange dates) {

    /** Begins the name of a list that values are split by. */
    public static final String LIST_PREFIX = "list:";

    private static final String LIST_NAME = "list";

    public ValueSpec {
        breakdowns = List.copyOf(breakdowns);
        conditions = Map.copyOf(conditions);
    }

    /** The same of a figure behind it. */
    ValueSpec forOperand(String as, Figure other) {
        return new ValueSpec(role.isEmpty() ? as : role + "." + as, other, breakdowns, conditions, dates);
    }

    /** The same as a share looks at it. */
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

    ValueSpec withDates(DateRange other) {
        return copyWith(breakdowns, conditions, other);
    }

    /** Split by one more dimension, which comes last. */
    ValueSpec splitByCode(String dimension) {
        List<String> more = new ArrayList<>(breakdowns);
        more.add(dimension);
        return copyWith(more, conditions, dates);
    }

    private ValueSpec copyWith(List<String> split, Map<String, Set<String>> narrowed, DateRange other) {
        return new ValueSpec(role, figure, split, narrowed, other);
    }
}
