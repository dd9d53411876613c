package org.voyage.indicators.query;

import java.util.function.Function;
import java.util.function.Supplier;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.LiveFigures;

/**
 * View of the live figures, or of the figures at a past point in time. A past view uses that time's day for "today",
 * "current" and "members today", so that the answer never changes.
 */
public record AsOfView(Supplier<LiveFigures> live, FigureCalculator figures) {

    public <T> T readView(Function<FiguresView, T> question) {
        return live.get().readView(question);
    }
}
