package org.voyage.indicators.query;

import java.util.List;

/**
 * A figure that another one is derived from, as that one looks at it.
 *
 * @param role what it is to the other; of one that stands behind several others the way to it, as in {@code each.term}
 * @param moments the times that it has values for
 * @param expressible whether the question can be asked with the same words by anybody
 */
public record Component(String role, FigureQuery query, List<Moment> moments, boolean expressible) {

    public Component {
        moments = List.copyOf(moments);
    }

    /** This one as the other sees it that stands behind the outer one. */
    Component within(Component outer) {
        return new Component(
                outer.role().isEmpty() ? role : outer.role() + "." + role,
                query,
                moments,
                expressible && outer.expressible());
    }
}
