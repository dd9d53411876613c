package org.voyage.indicators.live;

/** Is shown what each fact gives to a figure. */
public interface ContributionVisitor {

    /**
     * A part of what one fact gives; a fact may give several.
     *
     * @param at the coordinates of the cell, which hold during the call only
     */
    void visitCell(String key, int version, int[] at, long amount);
}
