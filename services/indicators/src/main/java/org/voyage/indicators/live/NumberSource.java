package org.voyage.indicators.live;

import org.voyage.indicators.intake.Dictionary;
import org.voyage.indicators.intake.FactState;

/** A number as a code: that of a field, or the days between two dates. */
record NumberSource(int first, int last, Dictionary codes) implements Coordinate {

    private static final int NO_SLOT = -1;

    static NumberSource ofField(int slot, Dictionary codes) {
        return new NumberSource(slot, NO_SLOT, codes);
    }

    static NumberSource between(int from, int until, Dictionary codes) {
        return new NumberSource(from, until, codes);
    }

    @Override
    public int code(Fact fact) {
        FactState state = fact.state;
        int begin = state == null ? FactState.NONE : state.values()[first];
        int end = state == null || last == NO_SLOT ? 0 : state.values()[last];
        if (begin == FactState.NONE || end == FactState.NONE) {
            return Dictionary.ABSENT;
        }
        return codes.number(String.valueOf(last == NO_SLOT ? begin : (long) end - begin));
    }
}
