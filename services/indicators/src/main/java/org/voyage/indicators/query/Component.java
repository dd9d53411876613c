package org.voyage.indicators.query;

import java.util.List;

/**
 * A figure that another one is derived from, as that one looks at it.
 *
 * @param role what it is to the other
 * @param expressible whether the question can be asked with the same words by anybody
 */
record Component(String role, FigureQuery query, List<Moment> moments, boolean expressible) {}
