package org.voyage.indicators.live;

/** Resolver of the one code that a fact has in a dimension. */
interface CodeResolver {

    /** Returns the code's number, {@link org.voyage.indicators.fact.CodeDictionary#ABSENT_CODE} when there is none. */
    int resolveCode(Fact fact);
}
