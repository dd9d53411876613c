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
 * A value and the facts behind it, of which one page is shown.
 *
 * @param positions how far the log was read that the facts come from
 * @param operands the counted figures that the value is made of
 * @param contributions component by component, each in the order of its facts
 * @param hasMore whether others follow
 */
record DrillDown(
        @Nullable BigDecimal value,
        LogPosition positions,
        List<OperandContributions> operands,
        List<ShownContribution> contributions,
        boolean hasMore) {

    /** What one fact of a record gives to one component, and the records that it belongs to. */
    record ShownContribution(int component, FactContribution contribution, String record, List<JoinedRecord> joined) {}

    /**
     * Where a page begins.
     *
     * @param component the one of the last fact of the page before
     * @param lastShown where that fact stands
     */
    record DrillDownOffset(int component, FactContribution.ContributionSortKey lastShown) {}

    /**
     * What is asked.
     *
     * @param figures answers on the day and by the lists of the moment that is asked about
     * @param province the only one whose facts the reader may see; empty when all
     * @param startAfter empty for the first page
     * @param size how many facts a page has at most
     */
    record DrillDownQuery(
            FigureQuery query,
            FigureCalculator figures,
            Optional<String> province,
            Optional<DrillDownOffset> startAfter,
            int size) {

        DrillDown open(FiguresView cut) {
            List<OperandContributions> behind = new ArrayList<>();
            List<ShownContribution> shown = new ArrayList<>();
            boolean more = false;
            for (OperandQuery counted : figures.countedOperands(query)) {
                ContributionPage facts = ContributionPage.collect(
                        cut, counted, figures, province, nextPage(behind.size(), size - shown.size(), more));
                for (FactContribution given : facts.contributions()) {
                    shown.add(toShown(cut, behind.size(), counted, given));
                }
                more |= facts.hasMore();
                behind.add(new OperandContributions(
                        counted,
                        counted.query().breakdowns().isEmpty()
                                ? figures.computeCells(cut, counted).getFirst().exact()
                                : null,
                        facts));
            }
            return new DrillDown(
                    new ValueQuery(figures, query).computeValue(cut),
                    cut.positions().restrictTo(AsOfFigures.topicsOf(query.figure())),
                    behind,
                    shown,
                    more);
        }

        private ContributionPage.ContributionPageRequest nextPage(int component, int room, boolean more) {
            int begin = startAfter.map(DrillDownOffset::component).orElse(0);
            return more || component < begin
                    ? ContributionPage.ContributionPageRequest.EXHAUSTED
                    : new ContributionPage.ContributionPageRequest(
                            startAfter.filter(_ -> component == begin).map(DrillDownOffset::lastShown), room);
        }

        private static ShownContribution toShown(
                FiguresView cut, int component, OperandQuery counted, FactContribution given) {
            Figure its = counted.query().figure();
            return new ShownContribution(
                    component, given, its.records().getFirst(), cut.joinedRecords(its.code(), given.key));
        }
    }
}
