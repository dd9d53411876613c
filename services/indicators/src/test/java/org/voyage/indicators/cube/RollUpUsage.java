package org.voyage.indicators.cube;

import java.time.LocalDate;
import java.util.Set;
import org.voyage.indicators.cube.CubeScan.ScanTimes;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.reference.Geography;

/** Inspection of the sums that answer queries on a flow up to a day. */
public final class RollUpUsage {

    private RollUpUsage() {}

    /** Returns the number of cells of a figure. */
    public static int countCells(LiveFigures live, String figure) {
        return live.readView(view -> view.requireWhole(figure).cube().size());
    }

    /** Returns whether values by a dimension come from a roll-up; otherwise from all cells. */
    public static boolean isRolledUpBy(LiveFigures live, String figure, String dimension, LocalDate today) {
        return live.readView(view -> {
            FigureAggregator aggregator = view.requireWhole(figure);
            int column = Geography.DERIVED_DIMENSIONS.contains(dimension)
                    ? aggregator.country()
                    : aggregator.columnOf(dimension);
            return isRolledUp(aggregator, new RollUpRequirement(Set.of(column), grainUpTo(today)));
        });
    }

    /** Returns whether values by membership at the time come from a roll-up. */
    public static boolean isRolledUpByMembers(LiveFigures live, String figure) {
        return live.readView(view -> {
            FigureAggregator aggregator = view.requireWhole(figure);
            return isRolledUp(aggregator, new RollUpRequirement(Set.of(aggregator.country()), TimeGrain.EACH_TIME));
        });
    }

    private static boolean isRolledUp(FigureAggregator aggregator, RollUpRequirement need) {
        RollUpCache rollUps = aggregator.cube().rollUpCache();
        return rollUps.findSmallest(need) != rollUps.finest();
    }

    private static TimeGrain grainUpTo(LocalDate today) {
        int[] from = {Math.toIntExact(today.withDayOfYear(1).toEpochDay())};
        int[] to = {Math.toIntExact(today.toEpochDay())};
        return TimeGrain.of(new ScanTimes(false, from, to, day -> day));
    }
}
