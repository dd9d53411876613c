package org.voyage.indicators.query;

import java.util.Iterator;
import java.util.List;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.live.Cube;
import org.voyage.indicators.live.Cut;

/**
 * The cells of the counted figures behind a figure, as they were found at one moment: as long as nothing was added to them,
 * and it is the same day, whatever is asked about the figure comes to the same.
 */
public record Found(List<Seen> cubes) {

    /** The cells of one counted figure, and how much had been added to them. */
    public record Seen(Cube cube, long changes) {}

    public static Found in(Cut cut, Figure figure) {
        return new Found(cubes(cut, figure).stream()
                .map(cube -> new Seen(cube, cube.changes()))
                .toList());
    }

    /** Whether nothing was added since. */
    public boolean standsIn(Cut cut, Figure figure) {
        Iterator<Cube> now = cubes(cut, figure).iterator();
        return cubes.stream().allMatch(seen -> {
            Cube cube = now.next();
            return cube == seen.cube() && cube.changes() == seen.changes();
        });
    }

    private static List<Cube> cubes(Cut cut, Figure figure) {
        return figure.counted().stream()
                .map(indicator -> cut.tally(indicator.code()).cube())
                .toList();
    }
}
