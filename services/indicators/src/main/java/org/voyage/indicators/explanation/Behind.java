package org.voyage.indicators.explanation;

import java.util.List;
import java.util.Optional;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.Component;
import org.voyage.indicators.query.Figures;

/**
 * The facts behind one value of a counted figure, or behind its values at each code when another figure looks at it so. A
 * fact without a code is not looked at code by code.
 *
 * @param shown some of those that the reader may see, in their order
 * @param more whether others follow that the reader may see
 * @param hiddenRecords how many there are that the reader may not see
 * @param hiddenAmount what those add: to a distinct count, the elements that only they have at a place
 */
record Behind(List<Given> shown, boolean more, int hiddenRecords, long hiddenAmount) {

    private static final Behind NOTHING = new Behind(List.of(), false, 0, 0);

    /**
     * Goes over all facts once, and holds no more of them than are shown.
     *
     * @param province the only one whose facts the reader may see; empty when all
     * @param page which of them are shown
     */
    static Behind of(Cut cut, Component counted, Figures figures, Optional<String> province, Page page) {
        if (province.isEmpty() && page.isOver()) {
            return NOTHING;
        }
        Gathering gathering = new Gathering(cut, counted, figures, province, page);
        cut.contributions(counted.query().indicator().code(), gathering);
        return gathering.end();
    }

    /**
     * Which facts are shown.
     *
     * @param after only those that follow this one; empty for all
     * @param size how many at most; negative for none at all, and nobody asks whether there are more
     */
    record Page(Optional<Given.Order> after, int size) {

        static final Page OVER = new Page(Optional.empty(), -1);

        boolean isOver() {
            return size < 0;
        }
    }
}
