package org.voyage.indicators.live;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** By which coordinates of a figure, and by which times, a question tells cells apart. */
record Need(Set<Integer> columns, Grain grain) {

    Need {
        columns = Set.copyOf(columns);
    }

    /** What the values at these moments need. */
    static Need of(ScanTarget target, List<Scan.Group> groups, List<Scan.DatedGroup> dated, Scan.Moments moments) {
        Set<Integer> columns = new HashSet<>();
        groups.forEach(group -> columns.add(group.column()));
        dated.forEach(group -> columns.add(group.column()));
        if (target.element() >= 0) {
            columns.add(target.element());
        }
        boolean byDay = target.knownByYearOnly() || (!moments.stock() && !dated.isEmpty());
        return new Need(columns, byDay ? Grain.EACH : Grain.of(moments));
    }

    /** What it takes to know the first year that has something in these groups. */
    static Need ofFirstYear(ScanTarget target, List<Scan.Group> groups) {
        Set<Integer> columns = new HashSet<>();
        groups.forEach(group -> columns.add(group.column()));
        return new Need(columns, target.knownByYearOnly() ? Grain.EACH : Grain.YEARS);
    }

    boolean isMetBy(Need other) {
        return other.columns.containsAll(columns) && other.grain.isAsFineAs(grain);
    }
}
