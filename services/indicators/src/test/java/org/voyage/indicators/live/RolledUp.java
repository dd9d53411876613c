package org.voyage.indicators.live;

import java.time.LocalDate;
import java.util.Set;
import org.voyage.indicators.live.Scan.Moments;
import org.voyage.indicators.reference.Geography;

/** From which sums questions about a flow up to a day are answered. */
public final class RolledUp {

    private RolledUp() {}

    /** How many cells a figure has. */
    public static int cells(LiveFigures live, String figure) {
        return live.read(cut -> cut.tally(figure).cube().size());
    }

    /** Whether values by a dimension come from a roll-up; else from all cells. */
    public static boolean by(LiveFigures live, String figure, String dimension, LocalDate today) {
        return live.read(cut -> {
            Tally tally = cut.tally(figure);
            int column = Geography.DERIVED.contains(dimension) ? tally.country() : tally.column(dimension);
            return isRolledUp(tally, new Need(Set.of(column), upTo(today)));
        });
    }

    /** Whether values by who was a member of a list of countries at the time come from a roll-up. */
    public static boolean byMembersThen(LiveFigures live, String figure) {
        return live.read(cut -> {
            Tally tally = cut.tally(figure);
            return isRolledUp(tally, new Need(Set.of(tally.country()), Grain.EACH));
        });
    }

    private static boolean isRolledUp(Tally tally, Need need) {
        RollUps rollUps = tally.cube().rollUps();
        return rollUps.smallest(need) != rollUps.finest();
    }

    private static Grain upTo(LocalDate today) {
        int[] from = {Math.toIntExact(today.withDayOfYear(1).toEpochDay())};
        int[] to = {Math.toIntExact(today.toEpochDay())};
        return Grain.of(new Moments(false, from, to, day -> day));
    }
}
