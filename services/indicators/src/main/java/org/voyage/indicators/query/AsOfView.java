package org.voyage.indicators.query;

import java.util.function.Function;
import java.util.function.Supplier;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;

/**
 * Where an answer looks: at the live figures, or at those that were known at a moment. Whoever looks at a past moment
 * stands on its day: "today", "current" and "members today" are those of then, so that the answer never changes.
 */
public record AsOfView(Supplier<LiveFigures> live, FigureCalculator figures) {

    public <T> T readView(Function<FiguresView, T> question) {
        return live.get().readView(question);
    }
}
