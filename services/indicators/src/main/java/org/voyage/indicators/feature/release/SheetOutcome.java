package org.voyage.indicators.feature.release;

/** What becomes of a year of a figure in a release. */
sealed interface SheetOutcome {

    /** It is released for the first time, or anew. */
    record NewSheet(ReleasedSheet sheet) implements SheetOutcome {}

    /** It has not moved enough to be released anew. */
    record UnmovedSheet() implements SheetOutcome {}

    /** It has moved, and its newest sheet goes on because another one would show too much. */
    record KeptSheet() implements SheetOutcome {}
}
