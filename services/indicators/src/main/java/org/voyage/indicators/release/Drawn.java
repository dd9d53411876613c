package org.voyage.indicators.release;

/** What becomes of a year of a figure in a release. */
sealed interface Drawn {

    /** It is released for the first time, or anew. */
    record New(Sheet sheet) implements Drawn {}

    /** It has not moved enough to be released anew. */
    record Unmoved() implements Drawn {}

    /** It has moved, and its newest sheet goes on because another one would show too much. */
    record Kept() implements Drawn {}
}
