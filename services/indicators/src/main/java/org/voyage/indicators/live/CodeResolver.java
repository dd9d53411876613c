package org.voyage.indicators.live;

/** Where a figure finds the one code that a fact has of a dimension. */
interface CodeResolver {

    /** The code's number, {@link org.voyage.indicators.fact.CodeDictionary#ABSENT} when there is none. */
    int resolveCode(Fact fact);
}
