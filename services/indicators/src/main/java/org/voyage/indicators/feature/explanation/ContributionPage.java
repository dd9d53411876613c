package org.voyage.indicators.feature.explanation;

import java.util.List;
import java.util.Optional;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.OperandQuery;

/**
 * Page of the facts behind one value of a counted figure, or behind its values by code for another figure. A fact
 * without a code has no place by code.
 *
 * @param contributions contributions of this page that the reader may see, in their order
 * @param hasMore whether more follow that the reader may see
 * @param hiddenRecords number of facts that the reader may not see
 * @param hiddenAmount amount of the hidden facts; in a distinct count, the elements that only they have at a place
 */
record ContributionPage(List<FactContribution> contributions, boolean hasMore, int hiddenRecords, long hiddenAmount) {

    private static final ContributionPage EMPTY = new ContributionPage(List.of(), false, 0, 0);

    /**
     * Visits all facts once, and holds only the contributions of the page.
     *
     * @param province the only one whose facts the reader may see; empty when all
     * @param page the requested page
     */
    static ContributionPage collect(
            FiguresView view,
            OperandQuery counted,
            FigureCalculator figures,
            Optional<String> province,
            ContributionPageRequest page) {
        if (province.isEmpty() && page.isExhausted()) {
            return EMPTY;
        }
        ContributionCollector gathering = new ContributionCollector(view, counted, figures, province, page);
        view.visitContributions(counted.query().figure().code(), gathering);
        return gathering.toPage();
    }

    /**
     * The requested page.
     *
     * @param startAfter only contributions after this key; empty for all
     * @param size maximum number; negative for no contributions and no check for more
     */
    record ContributionPageRequest(Optional<FactContribution.ContributionSortKey> startAfter, int size) {

        static final ContributionPageRequest NO_MORE_ITEMS = new ContributionPageRequest(Optional.empty(), -1);

        boolean isExhausted() {
            return size < 0;
        }
    }
}
