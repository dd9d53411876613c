package org.voyage.indicators.query;

import org.voyage.indicators.live.Cut;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.reference.Geography;

/** The codes that a cell of a figure stands at. */
public record CellCodes(Cut cut, Tally tally, Geography geography) {

    /** @param at the coordinates of the cell */
    public String of(String dimension, int[] at) {
        boolean derived = Geography.DERIVED.contains(dimension);
        int column = derived ? tally.country() : tally.column(dimension);
        String text = cut.dictionary(tally.field(column)).text(at[column]);
        return derived ? geography.of(dimension, text) : text;
    }
}
