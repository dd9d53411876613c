package org.voyage.indicators.feature.verification.proof;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.voyage.indicators.definition.PeriodRule;
import org.voyage.indicators.feature.verification.compare.CellComparison.DifferingCell;
import org.voyage.indicators.feature.verification.compare.CellDifference;
import org.voyage.indicators.feature.verification.recount.FigureRecount;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.indicators.feature.verification.trace.CellEventHistory;
import org.voyage.indicators.feature.verification.trace.DivergenceLocator;
import org.voyage.indicators.feature.verification.trace.DivergenceLocator.CellAmounts;
import org.voyage.indicators.feature.verification.trace.DivergenceLocator.LocatedDivergence;

/** Tracer of the differing cells: it reports them, and where the first of them went wrong. */
final class DifferenceTracer {

    private static final Logger LOG = Logger.getLogger(DifferenceTracer.class);

    private final DivergenceLocator locator;
    private final Function<FigureRecount, CellEventHistory> histories;

    DifferenceTracer(DivergenceLocator narrowing, Function<FigureRecount, CellEventHistory> trails) {
        this.locator = narrowing;
        this.histories = trails;
    }

    /** @param most maximum number of located cells; each costs two passes over the log of the figure's records */
    List<CellDifference> traceCells(List<DifferingCell> unlike, int most) {
        Map<FigureRecount, List<CellAmounts>> byFigure = new LinkedHashMap<>();
        unlike.stream()
                .limit(most)
                .forEach(each -> byFigure.computeIfAbsent(each.recount(), its -> new ArrayList<>())
                        .add(each.cell()));
        Map<CellAmounts, LocatedDivergence> found = new IdentityHashMap<>();
        byFigure.forEach((recount, cells) -> found.putAll(locateAll(recount, cells)));
        return unlike.stream()
                .map(each -> toDifference(each, found.getOrDefault(each.cell(), LocatedDivergence.NOT_LOCATED)))
                .toList();
    }

    private Map<CellAmounts, LocatedDivergence> locateAll(FigureRecount recount, List<CellAmounts> cells) {
        Map<CellAmounts, LocatedDivergence> found = new IdentityHashMap<>();
        try {
            CellEventHistory trail = histories.apply(recount);
            if (trail.collectEvents(cells.stream().map(CellAmounts::key).toList())) {
                for (CellAmounts cell : cells) {
                    found.put(
                            cell,
                            locator.locate(
                                    recount, cell, trail.eventsOf(cell.key()), trail.storedVersionsOf(cell.key())));
                }
            }
        } catch (ProofUndecidedException e) {
            LOG.warnf(
                    e, "a difference in %s is not narrowed", recount.indicator().code());
        }
        return found;
    }

    private static CellDifference toDifference(DifferingCell unlike, LocatedDivergence found) {
        FigureRecount recount = unlike.recount();
        CellAmounts cell = unlike.cell();
        Map<String, String> at = new LinkedHashMap<>();
        for (int i = 0; i < recount.columns().size(); i++) {
            at.put(recount.columns().get(i), cell.key().codes().get(i));
        }
        if (recount.indicator().period() instanceof PeriodRule.YearFlowPeriodRule) {
            at.put("year", String.valueOf(cell.key().time()));
        } else {
            at.put("date", LocalDate.ofEpochDay(cell.key().time()).toString());
        }
        return new CellDifference(
                recount.indicator().code(),
                at,
                cell.live(),
                cell.evidence(),
                cell.published(),
                found.origin(),
                found.firstEvent(),
                found.lastEvents());
    }
}
