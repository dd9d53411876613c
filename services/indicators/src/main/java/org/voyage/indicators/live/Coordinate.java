package org.voyage.indicators.live;

/** Where a figure finds the one code that a fact has of a dimension. */
interface Coordinate {

    /** The code's number, {@link org.voyage.indicators.intake.Dictionary#ABSENT} when there is none. */
    int code(Fact fact);
}
