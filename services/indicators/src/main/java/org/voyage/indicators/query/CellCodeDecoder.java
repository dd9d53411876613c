package org.voyage.indicators.query;

import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.reference.Geography;

/** Decoder of the coordinates of a cell into codes. */
public record CellCodeDecoder(FiguresView cut, FigureAggregator tally, Geography geography) {

    /** @param at the coordinates of the cell */
    public String codeOf(String dimension, int[] at) {
        boolean derived = Geography.DERIVED_DIMENSIONS.contains(dimension);
        int column = derived ? tally.country() : tally.columnOf(dimension);
        String text = cut.dictionaryOf(tally.fieldOf(column)).textOf(at[column]);
        return derived ? geography.regionOf(dimension, text) : text;
    }
}
