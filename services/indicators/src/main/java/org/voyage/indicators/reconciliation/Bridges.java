package org.voyage.indicators.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.explanation.Moved;
import org.voyage.indicators.explanation.Moves;
import org.voyage.indicators.published.PublishedLine;
import org.voyage.indicators.published.PublishedQuestions;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.kit.web.Refusal;

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
     * @throws Refusal.Conflict when the figure has no value at one of the two moments
     */
    Bridge of(PublishedLine line, FigureQuery query, Horizon first, Horizon last) {
        Moved moved = moves.between(query, figure -> questions.find(figure, line), first, last, _ -> false);
        return Bridge.of(
                line.value(),
                shown(line, moved.from().exact(), first.moment()),
                moved.from().version(),
                shown(line, moved.to().exact(), last.moment()),
                moved.parts(value -> value == null ? null : Comparison.shown(line, value)));
    }

    /** With the same decimals everywhere, so that nothing is lost between the steps. */
    private static BigDecimal shown(PublishedLine line, @Nullable BigDecimal exact, Instant moment) {
        if (exact == null) {
            throw new Refusal.Conflict(
                    "The figure has no value at " + moment + ": it is a share or growth of nothing.",
                    "该指标在 " + moment + " 没有数值（分母为零）。");
        }
        return Comparison.shown(line, exact);
    }
}
