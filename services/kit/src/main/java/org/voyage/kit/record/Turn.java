package org.voyage.kit.record;

/** What a write that stands in line is told. */
sealed interface Turn<T> {

    /** It is the first now: it takes those behind it along. */
    record Lead<T>() implements Turn<T> {}

    /** Another one has written it. */
    record Done<T>(Written<T> written) implements Turn<T> {}

    /** Nothing was stored of those it was with: it goes by itself. */
    record Alone<T>() implements Turn<T> {}

    /** Nobody can say whether it is stored. */
    record Lost<T>(RuntimeException why) implements Turn<T> {}
}
