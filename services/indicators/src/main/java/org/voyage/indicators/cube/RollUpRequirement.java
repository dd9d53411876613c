package org.voyage.indicators.cube;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** By which coordinates of a figure, and by which times, a question tells cells apart. */
record RollUpRequirement(Set<Integer> columns, TimeGrain grain) {

    RollUpRequirement {
        columns = Set.copyOf(columns);
    }

    /** What the values at these moments need. */
    static RollUpRequirement forScan(
            ScanTarget target,
            List<CubeScan.CodeGroup> groups,
            List<CubeScan.DatedCodeGroup> dated,
            CubeScan.ScanTimes moments) {
        Set<Integer> columns = new HashSet<>();
        groups.forEach(group -> columns.add(group.column()));
        dated.forEach(group -> columns.add(group.column()));
        if (target.element() >= 0) {
            columns.add(target.element());
        }
        boolean byDay = target.knownByYearOnly() || (!moments.isStock() && !dated.isEmpty());
        return new RollUpRequirement(columns, byDay ? TimeGrain.EACH : TimeGrain.of(moments));
    }

    /** What it takes to know the first year that has something in these groups. */
    static RollUpRequirement forFirstYear(ScanTarget target, List<CubeScan.CodeGroup> groups) {
        Set<Integer> columns = new HashSet<>();
        groups.forEach(group -> columns.add(group.column()));
        return new RollUpRequirement(columns, target.knownByYearOnly() ? TimeGrain.EACH : TimeGrain.YEARS);
    }

    boolean isSatisfiedBy(RollUpRequirement other) {
        return other.columns.containsAll(columns) && other.grain.isAsFineAs(grain);
    }
}
