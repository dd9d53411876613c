package org.voyage.indicators.cube;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Requirement of a query: the coordinates and the time grain by which it distinguishes cells. */
record RollUpRequirement(Set<Integer> columns, TimeGrain grain) {

    RollUpRequirement {
        columns = Set.copyOf(columns);
    }

    /** Returns the requirement of the values at these times. */
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
        return new RollUpRequirement(columns, byDay ? TimeGrain.EACH_TIME : TimeGrain.of(moments));
    }

    /** Returns the requirement of the first year that has a cell in these groups. */
    static RollUpRequirement forFirstYear(ScanTarget target, List<CubeScan.CodeGroup> groups) {
        Set<Integer> columns = new HashSet<>();
        groups.forEach(group -> columns.add(group.column()));
        return new RollUpRequirement(columns, target.knownByYearOnly() ? TimeGrain.EACH_TIME : TimeGrain.WHOLE_YEARS);
    }

    /** Returns the least requirement that meets both. */
    RollUpRequirement combineWith(RollUpRequirement other) {
        Set<Integer> all = new HashSet<>(columns);
        all.addAll(other.columns);
        return new RollUpRequirement(all, grain.combineWith(other.grain));
    }

    boolean isSatisfiedBy(RollUpRequirement other) {
        return other.columns.containsAll(columns) && other.grain.isAsFineAs(grain);
    }
}
