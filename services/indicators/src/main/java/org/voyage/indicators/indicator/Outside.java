package org.voyage.indicators.indicator;

import java.util.List;

/** What readers outside the administration (alliances, the public) see of a figure. */
public sealed interface Outside {

    /** Nothing, which is what a definition says that does not say otherwise. */
    record Closed() implements Outside {}

    /** Everything but single provinces and colleges: it counts no persons. */
    record Open() implements Outside {}

    /**
     * It counts persons: what was released of its closed years, by one of these dimensions at a time. A dimension that
     * holds the country brings region and sub-region.
     */
    record Released(List<String> tables) implements Outside {
        public Released {
            tables = List.copyOf(tables);
        }
    }
}
