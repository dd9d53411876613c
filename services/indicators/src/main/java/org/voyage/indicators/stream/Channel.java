package org.voyage.indicators.stream;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.Cut;
import org.voyage.indicators.query.Answers.PositionAnswer;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Found;

/**
 * One breakdown of one figure that somebody watches: its values as they were last told, and the last changes for those
 * who come back. Shared by all who watch the same. Guarded by the hub, but for those who leave.
 */
final class Channel {

    private final FigureQuery query;
    private final Optional<String> province;
    private final int memory;
    private final Map<Map<String, String>, @Nullable Number> values = new LinkedHashMap<>();
    private final Deque<Numbered> log = new ArrayDeque<>();
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private long completeSince;
    private String period = "";
    private @Nullable Found found;
    private @Nullable LocalDate day;
    volatile long leftAt = System.nanoTime();

    /** @param number changes after this one are remembered */
    Channel(FigureQuery query, Optional<String> province, int memory, long number) {
        this.query = query;
        this.province = province;
        this.memory = memory;
        this.completeSince = number;
    }

    FigureQuery query() {
        return query;
    }

    Set<Watcher> watchers() {
        return watchers;
    }

    /**
     * Looks at the figure again, if anything moved in it or it is another day, and returns what is different; the first time
     * its first values, of which none has a cause.
     */
    List<Change> look(Cut cut, Figures figures, PositionAnswer position, Causes causes) {
        LocalDate today = figures.today();
        boolean first = found == null;
        if (found != null && today.equals(day) && found.standsIn(cut, query.indicator())) {
            return List.of();
        }
        found = Found.in(cut, query.indicator());
        day = today;
        List<Cell> cells = figures.cells(cut, query, province);
        period = figures.periodText(query, cells);
        if (first) {
            cells.stream()
                    .filter(cell -> !Objects.equals(cell.shown(), nothing()))
                    .forEach(cell -> values.put(cell.at(), cell.shown()));
            return snapshot(position);
        }
        Map<Map<String, String>, @Nullable Number> now = new HashMap<>();
        cells.forEach(cell -> now.put(cell.at(), cell.shown()));
        Set<Map<String, String>> slices = new LinkedHashSet<>(values.keySet());
        cells.forEach(cell -> slices.add(cell.at()));
        slices.removeIf(
                slice -> Objects.equals(now.getOrDefault(slice, nothing()), values.getOrDefault(slice, nothing())));
        if (slices.isEmpty()) {
            return List.of();
        }
        Map<Map<String, String>, Cause> known = causes.of(cut, query, slices);
        List<Change> changes = new ArrayList<>();
        for (Map<String, String> slice : slices) {
            Number value = now.getOrDefault(slice, nothing());
            changes.add(change(slice, value, values.getOrDefault(slice, nothing()), position, known.get(slice)));
            values.put(slice, value);
        }
        return changes;
    }

    /** What it is worth now, as first values for somebody who begins to watch. */
    List<Change> snapshot(PositionAnswer position) {
        List<Change> snapshot = new ArrayList<>();
        if (query.by().isEmpty() && values.isEmpty()) {
            snapshot.add(change(Map.of(), nothing(), null, position, null));
        }
        values.forEach((slice, value) -> snapshot.add(change(slice, value, null, position, null)));
        return snapshot;
    }

    void remember(Numbered change) {
        log.addLast(change);
        if (log.size() > memory) {
            completeSince = log.removeFirst().number();
        }
    }

    /** Whether every change after this number is still remembered. */
    boolean remembersSince(long number) {
        return number >= completeSince;
    }

    List<Numbered> since(long number) {
        return log.stream().filter(change -> change.number() > number).toList();
    }

    /** What stands where nothing stands: a count of nothing is 0, a share of nothing is none. */
    private @Nullable Number nothing() {
        return query.indicator().isCount() ? BigDecimal.ZERO : null;
    }

    private Change change(
            Map<String, String> slice,
            @Nullable Number value,
            @Nullable Number previous,
            PositionAnswer position,
            @Nullable Cause cause) {
        return new Change(
                query.indicator().code(),
                slice,
                period,
                value,
                previous,
                position,
                mayBeTold(cause),
                query.indicator().version());
    }

    /** A bureau sees that a national figure moves, not which record of another province moved it. */
    private @Nullable Cause mayBeTold(@Nullable Cause cause) {
        boolean others = cause != null && province.isPresent() && !cause.key().startsWith(province.get() + "/");
        return others ? null : cause;
    }
}
