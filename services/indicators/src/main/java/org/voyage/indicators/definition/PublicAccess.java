package org.voyage.indicators.definition;

import java.util.List;

/** What readers outside the administration (alliances, the public) see of a figure. */
public sealed interface PublicAccess {

    /** Nothing, which is what a definition says that does not say otherwise. */
    record ClosedAccess() implements PublicAccess {}

    /** Everything but single provinces and colleges: it counts no persons. */
    record OpenAccess() implements PublicAccess {}

    /**
     * It counts persons: what was released of its closed years, by one of these dimensions at a time. A dimension that
     * holds the country brings region and sub-region.
     */
    record ReleasedAccess(List<String> tableDimensions) implements PublicAccess {
        public ReleasedAccess {
            tableDimensions = List.copyOf(tableDimensions);
        }
    }
}
