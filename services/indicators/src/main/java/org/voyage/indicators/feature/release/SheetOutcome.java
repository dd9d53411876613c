package org.voyage.indicators.feature.release;

/** Outcome of a release for a year of a figure. */
sealed interface SheetOutcome {

    /** The year is released for the first time or again. */
    record NewSheet(ReleasedSheet sheet) implements SheetOutcome {}

    /** The year has not changed enough to be released again. */
    record UnmovedSheet() implements SheetOutcome {}

    /** The year has changed, but a new sheet would reveal too much; its newest sheet stays. */
    record KeptSheet() implements SheetOutcome {}
}
