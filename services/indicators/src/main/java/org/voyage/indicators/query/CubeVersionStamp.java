package org.voyage.indicators.query;

import java.util.Iterator;
import java.util.List;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.live.FiguresView;

/**
 * Version stamp of the counted figures behind a figure at one point in time. While the stamp is current, and on the
 * same day, every query on the figure has the same result. It holds numbers only: cubes that a rebuild has replaced
 * leave the memory.
 */
public record CubeVersionStamp(List<CubeVersion> versions) {

    /** Version of the cells of one counted figure: the numbers of its cube and of the changes. */
    public record CubeVersion(long cube, long changes) {}

    public static CubeVersionStamp capture(FiguresView view, Figure figure) {
        return new CubeVersionStamp(cubesOf(view, figure).stream()
                .map(cube -> new CubeVersion(cube.number(), cube.changeCount()))
                .toList());
    }

    /** Returns whether the cells have not changed since. */
    public boolean isCurrentIn(FiguresView view, Figure figure) {
        Iterator<Cube> now = cubesOf(view, figure).iterator();
        return versions.stream().allMatch(seen -> {
            Cube cube = now.next();
            return cube.number() == seen.cube() && cube.changeCount() == seen.changes();
        });
    }

    private static List<Cube> cubesOf(FiguresView view, Figure figure) {
        return figure.countedFigures().stream()
                .map(indicator -> view.requireWhole(indicator.code()).cube())
                .toList();
    }
}
