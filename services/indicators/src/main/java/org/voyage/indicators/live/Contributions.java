package org.voyage.indicators.live;

/** Is shown what each fact gives to a figure. */
public interface Contributions {

    /**
     * A part of what one fact gives; a fact may give several.
     *
     * @param at the coordinates of the cell, which hold during the call only
     */
    void cell(String key, int version, int[] at, long amount);
}
