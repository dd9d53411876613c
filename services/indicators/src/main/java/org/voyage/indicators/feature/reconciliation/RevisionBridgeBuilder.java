package org.voyage.indicators.feature.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.feature.explanation.ChangeAttributionService;
import org.voyage.indicators.feature.explanation.ValueChange;
import org.voyage.indicators.feature.published.PublishedStatistic;
import org.voyage.indicators.feature.published.StatisticQueryMapper;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.kit.problem.Refusal;

/** Builder of the revision bridge of a published line. */
@ApplicationScoped
class RevisionBridgeBuilder {

    private final StatisticQueryMapper questions;
    private final ChangeAttributionService moves;

    RevisionBridgeBuilder(StatisticQueryMapper questions, ChangeAttributionService moves) {
        this.questions = questions;
        this.moves = moves;
    }

    /**
     * @param query the query of the line
     * @param first when it was published
     * @throws Refusal.Conflict when the figure has no value at the last checkpoint
     */
    RevisionBridge build(PublishedStatistic line, FigureQuery query, Checkpoint first, Checkpoint last) {
        ValueChange change =
                moves.attributeChange(query, figure -> questions.findQuery(figure, line), first, last, _ -> false);
        BigDecimal now = roundLike(line, change.to().exact());
        if (now == null) {
            throw new Refusal.Conflict(
                    "The figure has no value at " + last.time() + ": it is a share or growth of nothing.",
                    "该指标在 " + last.time() + " 没有数值（分母为零）。");
        }
        return RevisionBridge.of(
                line.value(),
                change.from().offsets().isEmpty(),
                roundLike(line, change.from().exact()),
                change.from().version(),
                now,
                change.causeShares(value -> roundLike(line, value)));
    }

    /** Rounds all values to the same decimals, so that the steps add up. */
    private static @Nullable BigDecimal roundLike(PublishedStatistic line, @Nullable BigDecimal exact) {
        return exact == null ? null : PublishedComparison.roundLike(line, exact);
    }
}
