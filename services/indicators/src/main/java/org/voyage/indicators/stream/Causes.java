package org.voyage.indicators.stream;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.indicator.Derived;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.CellCodes;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.reference.Geography;

/** Which event moved which slice, from the cells that moved since somebody last looked. */
final class Causes {

    private final Map<String, List<Touch>> touches;
    private final Geography geography;

    /** A cell that an event moved. */
    @SuppressWarnings("ArrayRecordComponent") // coordinates as the cube has them, never compared
    record Touch(int[] at, Cause cause) {}

    /** @param touches by figure, the oldest first */
    Causes(Map<String, List<Touch>> touches, Geography geography) {
        this.touches = touches;
        this.geography = geography;
    }

    /** The last cause of each slice; a slice that no remembered event moved has none, nor has one of a derived figure. */
    Map<Map<String, String>, Cause> of(Cut cut, FigureQuery query) {
        Map<Map<String, String>, Cause> causes = new HashMap<>();
        if (query.indicator() instanceof Derived) {
            return causes;
        }
        CellCodes codes = new CellCodes(cut, cut.tally(query.indicator().code()), geography);
        for (Touch touch : touches.getOrDefault(query.indicator().code(), List.of())) {
            if (passes(codes, query, touch)) {
                Map<String, String> slice = slice(codes, query, touch);
                if (slice != null) {
                    causes.put(slice, touch.cause());
                }
            }
        }
        return causes;
    }

    private boolean passes(CellCodes codes, FigureQuery query, Touch touch) {
        return query.filters().entrySet().stream()
                .allMatch(filter -> filter.getValue().contains(codes.of(filter.getKey(), touch.at())));
    }

    private @Nullable Map<String, String> slice(CellCodes codes, FigureQuery query, Touch touch) {
        Map<String, String> slice = new LinkedHashMap<>();
        for (By by : query.by()) {
            if (!(by instanceof By.Dimension)) {
                return null;
            }
            slice.put(by.name(), codes.of(by.name(), touch.at()));
        }
        return slice;
    }
}
