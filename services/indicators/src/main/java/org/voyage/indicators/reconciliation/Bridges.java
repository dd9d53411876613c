package org.voyage.indicators.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.asof.DefinitionsThen;
import org.voyage.indicators.asof.KnownFigures;
import org.voyage.indicators.evidence.Horizon;
import org.voyage.indicators.explanation.Moves;
import org.voyage.indicators.indicator.Figure;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.published.PublishedLine;
import org.voyage.indicators.published.PublishedQuestions;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Sights;
import org.voyage.kit.web.Refusal;

/** Builds the bridge of a published line. */
@ApplicationScoped
class Bridges {

    private final PublishedQuestions questions;
    private final DefinitionsThen definitions;
    private final KnownFigures known;
    private final Moves moves;
    private final Sights sights;

    Bridges(PublishedQuestions questions, DefinitionsThen definitions, KnownFigures known, Moves moves, Sights sights) {
        this.questions = questions;
        this.definitions = definitions;
        this.known = known;
        this.moves = moves;
        this.sights = sights;
    }

    /**
     * @param query what the line asks of its figure
     * @param first when it was published
     * @param parameter names the first moment in a refusal
     * @throws Refusal.Conflict when the figure has no value at one of the two moments
     */
    Bridge of(PublishedLine line, FigureQuery query, Horizon first, Horizon last, String parameter) {
        Figure figure = query.indicator();
        if (figure instanceof Indicator) {
            var moved = moves.between(query, first, last, parameter);
            return Bridge.of(
                    line.value(),
                    then(line, figure, first)
                            .orElse(BigDecimal.valueOf(moved.from().value())),
                    moved);
        }
        BigDecimal start = present(shown(line, query, known.of(figure, first), first), first);
        BigDecimal end = present(shown(line, query, known.of(figure, last), last), last);
        return Bridge.of(line.value(), then(line, figure, first).orElse(start), start, end);
    }

    /** By the definition of then, if that is another one and can be asked the same. */
    private Optional<BigDecimal> then(PublishedLine line, Figure today, Horizon horizon) {
        return definitions
                .figure(today.code(), horizon.moment())
                .filter(then -> !then.equals(today))
                .flatMap(then -> questions.find(then, line))
                .flatMap(query ->
                        Optional.ofNullable(shown(line, query, known.apart(query.indicator(), horizon), horizon)));
    }

    /** With the same decimals everywhere, so that nothing is lost between the steps. */
    private @Nullable BigDecimal shown(PublishedLine line, FigureQuery query, LiveFigures of, Horizon horizon) {
        Figures figures = sights.figuresOn(horizon);
        BigDecimal exact = of.read(
                cut -> figures.cells(cut, query, Optional.empty()).getFirst().exact());
        return exact == null ? null : Comparison.shown(line, exact);
    }

    private static BigDecimal present(@Nullable BigDecimal value, Horizon horizon) {
        if (value == null) {
            throw new Refusal.Conflict(
                    "The figure has no value at " + horizon.moment() + ": it is a share or growth of nothing.",
                    "该指标在 " + horizon.moment() + " 没有数值（分母为零）。");
        }
        return value;
    }
}
