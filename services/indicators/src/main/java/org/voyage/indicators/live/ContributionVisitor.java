package org.voyage.indicators.live;

/** Visitor of the contribution of each fact to a figure. */
public interface ContributionVisitor {

    /**
     * Receives a part of one fact's contribution; a fact may have several parts.
     *
     * @param at the coordinates of the cell, valid during the call only
     */
    void visitCell(String key, int version, int[] at, long amount);
}
