package org.voyage.indicators.proof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.voyage.indicators.indicator.PeriodRule;
import org.voyage.indicators.proof.Comparison.Unlike;
import org.voyage.indicators.proof.Narrowing.Differing;
import org.voyage.indicators.proof.Narrowing.Found;

/** Tells the differing cells, and where the first of them went wrong. */
final class Tracing {

    private static final Logger LOG = Logger.getLogger(Tracing.class);

    private final Narrowing narrowing;
    private final Function<Recount, Trail> trails;

    Tracing(Narrowing narrowing, Function<Recount, Trail> trails) {
        this.narrowing = narrowing;
        this.trails = trails;
    }

    /** @param most how many are narrowed; a trail costs two passes over the log of the figure's records */
    List<Difference> trace(List<Unlike> unlike, int most) {
        Map<Recount, List<Differing>> byFigure = new LinkedHashMap<>();
        unlike.stream()
                .limit(most)
                .forEach(each -> byFigure.computeIfAbsent(each.recount(), its -> new ArrayList<>())
                        .add(each.cell()));
        Map<Differing, Found> found = new IdentityHashMap<>();
        byFigure.forEach((recount, cells) -> found.putAll(narrowed(recount, cells)));
        return unlike.stream()
                .map(each -> difference(each, found.getOrDefault(each.cell(), Found.NOTHING)))
                .toList();
    }

    private Map<Differing, Found> narrowed(Recount recount, List<Differing> cells) {
        Map<Differing, Found> found = new IdentityHashMap<>();
        try {
            Trail trail = trails.apply(recount);
            if (trail.follow(cells.stream().map(Differing::at).toList())) {
                for (Differing cell : cells) {
                    found.put(cell, narrowing.narrow(recount, cell, trail.steps(cell.at()), trail.stored(cell.at())));
                }
            }
        } catch (Undecided e) {
            LOG.warnf(
                    e, "a difference in %s is not narrowed", recount.indicator().code());
        }
        return found;
    }

    private static Difference difference(Unlike unlike, Found found) {
        Recount recount = unlike.recount();
        Differing cell = unlike.cell();
        Map<String, String> at = new LinkedHashMap<>();
        for (int i = 0; i < recount.columns().size(); i++) {
            at.put(recount.columns().get(i), cell.at().codes().get(i));
        }
        if (recount.indicator().period() instanceof PeriodRule.FlowOfYear) {
            at.put("year", String.valueOf(cell.at().time()));
        } else {
            at.put("date", LocalDate.ofEpochDay(cell.at().time()).toString());
        }
        return new Difference(
                recount.indicator().code(),
                at,
                cell.live(),
                cell.evidence(),
                cell.published(),
                found.origin(),
                found.first(),
                found.last());
    }
}
