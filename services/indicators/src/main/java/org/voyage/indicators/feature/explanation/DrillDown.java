package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.history.AsOfFigures;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.JoinedRecord;
import org.voyage.indicators.live.LogPosition;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.OperandQuery;

/**
 * Drill-down of a value: one page of the facts behind it.
 *
 * @param positions log position of the facts
 * @param operands the counted figures that the value is made of
 * @param contributions component by component, each in the order of its facts
 * @param hasMore whether more follow
 */
record DrillDown(
        @Nullable BigDecimal value,
        LogPosition positions,
        List<OperandContributions> operands,
        List<ShownContribution> contributions,
        boolean hasMore) {

    /** The contribution of one fact to one component, and the records that the fact belongs to. */
    record ShownContribution(int component, FactContribution contribution, String record, List<JoinedRecord> joined) {}

    /**
     * The start of a page.
     *
     * @param component the component of the last fact of the page before
     * @param lastShown sort key of that fact
     */
    record DrillDownOffset(int component, FactContribution.ContributionSortKey lastShown) {}

    /**
     * The drill-down query.
     *
     * @param figures calculator with the day and the lists of the queried point in time
     * @param province the only one whose facts the reader may see; empty when all
     * @param startAfter empty for the first page
     * @param size maximum number of facts of a page
     */
    record DrillDownQuery(
            FigureQuery query,
            FigureCalculator figures,
            Optional<String> province,
            Optional<DrillDownOffset> startAfter,
            int size) {

        DrillDown open(FiguresView view) {
            List<OperandContributions> behind = new ArrayList<>();
            List<ShownContribution> shown = new ArrayList<>();
            boolean more = false;
            for (OperandQuery counted : figures.countedOperands(query)) {
                ContributionPage facts = ContributionPage.collect(
                        view, counted, figures, province, nextPage(behind.size(), size - shown.size(), more));
                for (FactContribution given : facts.contributions()) {
                    shown.add(toShown(view, behind.size(), counted, given));
                }
                more |= facts.hasMore();
                behind.add(new OperandContributions(
                        counted,
                        counted.query().breakdowns().isEmpty()
                                ? figures.computeCells(view, counted).getFirst().exact()
                                : null,
                        facts));
            }
            return new DrillDown(
                    new ValueQuery(figures, query).computeValue(view),
                    view.positions().restrictTo(AsOfFigures.topicsOf(query.figure())),
                    behind,
                    shown,
                    more);
        }

        private ContributionPage.ContributionPageRequest nextPage(int component, int room, boolean more) {
            int begin = startAfter.map(DrillDownOffset::component).orElse(0);
            return more || component < begin
                    ? ContributionPage.ContributionPageRequest.NO_MORE_ITEMS
                    : new ContributionPage.ContributionPageRequest(
                            startAfter.filter(_ -> component == begin).map(DrillDownOffset::lastShown), room);
        }

        private static ShownContribution toShown(
                FiguresView view, int component, OperandQuery counted, FactContribution given) {
            Figure its = counted.query().figure();
            return new ShownContribution(
                    component, given, its.records().getFirst(), view.joinedRecords(its.code(), given.key));
        }
    }
}
