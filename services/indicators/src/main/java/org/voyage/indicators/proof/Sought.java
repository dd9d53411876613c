package org.voyage.indicators.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Rule;

/**
 * What is to be known of a figure at one time.
 *
 * @param role what it is to the derived figure that is made of it, as in {@code part} or {@code each.term}
 * @param by what its values are split by: dimensions, and lists of members as in {@code list:belt-and-road@then}
 * @param where per dimension the codes that count
 */
record Sought(String role, Figure figure, List<String> by, Map<String, Set<String>> where, Span span) {

    /** Begins the name of a list that values are split by. */
    static final String LIST = "list:";

    private static final String ALL_LISTS = "list";

    Sought {
        by = List.copyOf(by);
        where = Map.copyOf(where);
    }

    /** The same of a figure behind it. */
    Sought behind(String as, Figure other) {
        return new Sought(role.isEmpty() ? as : role + "." + as, other, by, where, span);
    }

    /** The same as a share looks at it. */
    Sought looked(String as, Rule.Operand operand) {
        Map<String, Set<String>> narrowed = new HashMap<>(where);
        narrowed.keySet().removeAll(operand.all());
        narrowed.putAll(operand.where());
        List<String> split = by.stream()
                .filter(name -> !operand.all().contains(name.startsWith(LIST) ? ALL_LISTS : name))
                .toList();
        return behind(as, operand.of()).with(split, narrowed, span);
    }

    Sought at(Span other) {
        return with(by, where, other);
    }

    /** Split by one more dimension, which comes last. */
    Sought byEach(String dimension) {
        List<String> more = new ArrayList<>(by);
        more.add(dimension);
        return with(more, where, span);
    }

    private Sought with(List<String> split, Map<String, Set<String>> narrowed, Span other) {
        return new Sought(role, figure, split, narrowed, other);
    }
}
