package org.voyage.indicators.live;

import java.util.List;

/** The cells of one figure that one value is made of. */
public record Slice(List<Scan.Group> groups, List<Scan.DatedGroup> dated, Scan.Moments moments) {

    /** Whether all codes of a cell were known when the slice was made; else it must be made again. */
    public boolean knows(int[] at) {
        for (Scan.Group group : groups) {
            if (at[group.column()] >= group.groups().length) {
                return false;
            }
        }
        return true;
    }

    /** @param at the coordinates of a cell whose codes were known when the slice was made */
    public boolean holds(int[] at) {
        int time = at[at.length - 1];
        if (moments.first(time) < 0) {
            return false;
        }
        for (Scan.Group group : groups) {
            if (group.of(at[group.column()]) < 0) {
                return false;
            }
        }
        int day = moments.stock() ? moments.to()[0] : moments.day().applyAsInt(time);
        for (Scan.DatedGroup group : dated) {
            if (group.group().of(at[group.column()], day) < 0) {
                return false;
            }
        }
        return true;
    }
}
