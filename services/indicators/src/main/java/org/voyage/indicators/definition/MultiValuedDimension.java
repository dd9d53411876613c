package org.voyage.indicators.definition;

import java.util.Optional;

/**
 * Dimension of which a record has several codes, each from an element of a list. A record counts at each of them: a
 * count adds one per element, a distinct count is unchanged.
 *
 * @param field the list in the record
 * @param member the member of an element that holds the code, empty when the element is the code
 */
public record MultiValuedDimension(String dimension, String field, Optional<String> member) {

    static MultiValuedDimension parse(String dimension, String path) {
        int dot = path.indexOf('.');
        return dot < 0
                ? new MultiValuedDimension(dimension, path, Optional.empty())
                : new MultiValuedDimension(dimension, path.substring(0, dot), Optional.of(path.substring(dot + 1)));
    }
}
