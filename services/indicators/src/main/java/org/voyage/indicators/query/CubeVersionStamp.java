package org.voyage.indicators.query;

import java.util.Iterator;
import java.util.List;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.live.FiguresView;

/**
 * The cells of the counted figures behind a figure, as they were found at one moment: as long as nothing was added to them,
 * and it is the same day, whatever is asked about the figure comes to the same.
 */
public record CubeVersionStamp(List<CubeVersion> versions) {

    /** The cells of one counted figure, and how much had been added to them. */
    public record CubeVersion(Cube cube, long changes) {}

    public static CubeVersionStamp takeFrom(FiguresView cut, Figure figure) {
        return new CubeVersionStamp(cubesOf(cut, figure).stream()
                .map(cube -> new CubeVersion(cube, cube.changeCount()))
                .toList());
    }

    /** Whether nothing was added since. */
    public boolean isCurrentIn(FiguresView cut, Figure figure) {
        Iterator<Cube> now = cubesOf(cut, figure).iterator();
        return versions.stream().allMatch(seen -> {
            Cube cube = now.next();
            return cube == seen.cube() && cube.changeCount() == seen.changes();
        });
    }

    private static List<Cube> cubesOf(FiguresView cut, Figure figure) {
        return figure.countedFigures().stream()
                .map(indicator -> cut.requireWhole(indicator.code()).cube())
                .toList();
    }
}
