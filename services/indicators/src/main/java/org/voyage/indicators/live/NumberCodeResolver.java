package org.voyage.indicators.live;

import org.voyage.indicators.fact.CodeDictionary;
import org.voyage.indicators.fact.FactState;

/** Resolver of a number as a code: the number of a field, or the days between two dates. */
record NumberCodeResolver(int firstSlot, int lastSlot, CodeDictionary codes) implements CodeResolver {

    private static final int NO_SLOT = -1;

    static NumberCodeResolver ofField(int slot, CodeDictionary codes) {
        return new NumberCodeResolver(slot, NO_SLOT, codes);
    }

    static NumberCodeResolver ofDaysBetween(int from, int until, CodeDictionary codes) {
        return new NumberCodeResolver(from, until, codes);
    }

    @Override
    public int resolveCode(Fact fact) {
        FactState state = fact.state;
        int begin = state == null ? FactState.NO_VALUE : state.values()[firstSlot];
        int end = state == null || lastSlot == NO_SLOT ? 0 : state.values()[lastSlot];
        if (begin == FactState.NO_VALUE || end == FactState.NO_VALUE) {
            return CodeDictionary.ABSENT_CODE;
        }
        return codes.numberOf(String.valueOf(lastSlot == NO_SLOT ? begin : (long) end - begin));
    }
}
