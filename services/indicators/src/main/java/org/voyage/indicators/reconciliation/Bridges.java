package org.voyage.indicators.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.explanation.Moved;
import org.voyage.indicators.explanation.Moves;
import org.voyage.indicators.published.PublishedLine;
import org.voyage.indicators.published.PublishedQuestions;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.kit.problem.Refusal;

/** Builds the bridge of a published line. */
@ApplicationScoped
class Bridges {

    private final PublishedQuestions questions;
    private final Moves moves;

    Bridges(PublishedQuestions questions, Moves moves) {
        this.questions = questions;
        this.moves = moves;
    }

    /**
     * @param query what the line asks of its figure
     * @param first when it was published
     * @throws Refusal.Conflict when the figure has no value at the last moment
     */
    Bridge of(PublishedLine line, FigureQuery query, Horizon first, Horizon last) {
        Moved moved = moves.between(query, figure -> questions.find(figure, line), first, last, _ -> false);
        BigDecimal now = shown(line, moved.to().exact());
        if (now == null) {
            throw new Refusal.Conflict(
                    "The figure has no value at " + last.moment() + ": it is a share or growth of nothing.",
                    "该指标在 " + last.moment() + " 没有数值（分母为零）。");
        }
        return Bridge.of(
                line.value(),
                shown(line, moved.from().exact()),
                moved.from().version(),
                now,
                moved.parts(value -> shown(line, value)));
    }

    /** With the same decimals everywhere, so that nothing is lost between the steps. */
    private static @Nullable BigDecimal shown(PublishedLine line, @Nullable BigDecimal exact) {
        return exact == null ? null : Comparison.shown(line, exact);
    }
}
