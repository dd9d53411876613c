package org.voyage.indicators.feature.explanation;

import java.util.List;
import java.util.Optional;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.OperandQuery;

/**
 * The facts behind one value of a counted figure, or behind its values at each code when another figure looks at it so. A
 * fact without a code is not looked at code by code.
 *
 * @param contributions some of those that the reader may see, in their order
 * @param hasMore whether others follow that the reader may see
 * @param hiddenRecords how many there are that the reader may not see
 * @param hiddenAmount what those add: to a distinct count, the elements that only they have at a place
 */
record ContributionPage(List<FactContribution> contributions, boolean hasMore, int hiddenRecords, long hiddenAmount) {

    private static final ContributionPage EMPTY = new ContributionPage(List.of(), false, 0, 0);

    /**
     * Goes over all facts once, and holds no more of them than are shown.
     *
     * @param province the only one whose facts the reader may see; empty when all
     * @param page which of them are shown
     */
    static ContributionPage collect(
            FiguresView cut,
            OperandQuery counted,
            FigureCalculator figures,
            Optional<String> province,
            ContributionPageRequest page) {
        if (province.isEmpty() && page.isExhausted()) {
            return EMPTY;
        }
        ContributionCollector gathering = new ContributionCollector(cut, counted, figures, province, page);
        cut.visitContributions(counted.query().figure().code(), gathering);
        return gathering.toPage();
    }

    /**
     * Which facts are shown.
     *
     * @param startAfter only those that follow this one; empty for all
     * @param size how many at most; negative for none at all, and nobody asks whether there are more
     */
    record ContributionPageRequest(Optional<FactContribution.ContributionSortKey> startAfter, int size) {

        static final ContributionPageRequest EXHAUSTED = new ContributionPageRequest(Optional.empty(), -1);

        boolean isExhausted() {
            return size < 0;
        }
    }
}
