package org.voyage.indicators.indicator;

import java.util.Optional;

/**
 * A dimension of which a record has several codes, each from an element of a list: a record counts at each of them. A
 * count is one per element, a distinct count is not changed by it.
 *
 * @param field the list in the record
 * @param member where the code stands in an element, empty when the element is the code
 */
public record Each(String dimension, String field, Optional<String> member) {

    static Each of(String dimension, String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? new Each(dimension, path, Optional.empty())
                : new Each(dimension, path.substring(0, dot), Optional.of(path.substring(dot + 1)));
    }
}
