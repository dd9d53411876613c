package org.voyage.indicators.cube;

import java.util.List;

/** Slice of a cube: the cells of one figure that one value consists of. */
public record CubeSlice(
        List<CubeScan.CodeGroup> groups, List<CubeScan.DatedCodeGroup> dated, CubeScan.ScanTimes moments) {

    /**
     * Returns whether all codes of a cell were known when the slice was made; otherwise the slice must be made again.
     */
    public boolean knowsCodes(int[] at) {
        for (CubeScan.CodeGroup group : groups) {
            if (at[group.column()] >= group.groups().length) {
                return false;
            }
        }
        return true;
    }

    /** @param at the coordinates of a cell whose codes were known when the slice was made */
    public boolean containsCell(int[] at) {
        int time = at[at.length - 1];
        if (moments.firstIndexOf(time) < 0) {
            return false;
        }
        for (CubeScan.CodeGroup group : groups) {
            if (group.groupOf(at[group.column()]) < 0) {
                return false;
            }
        }
        int day = moments.isStock() ? moments.to()[0] : moments.day().applyAsInt(time);
        for (CubeScan.DatedCodeGroup group : dated) {
            if (group.group().groupOf(at[group.column()], day) < 0) {
                return false;
            }
        }
        return true;
    }
}
