package org.voyage.indicators.definition;

import java.util.List;

/** Access of external readers (alliances, the public) to a figure. */
public sealed interface PublicAccess {

    /** No access; the default of a definition. */
    record ClosedAccess() implements PublicAccess {}

    /** Access to all values except those of single provinces and colleges: the figure counts no persons. */
    record OpenAccess() implements PublicAccess {}

    /**
     * Access to the released values of closed years, by one of these dimensions at a time: the figure counts persons. A
     * dimension that holds the country includes region and sub-region.
     */
    record ReleasedAccess(List<String> tableDimensions) implements PublicAccess {
        public ReleasedAccess {
            tableDimensions = List.copyOf(tableDimensions);
        }
    }
}
