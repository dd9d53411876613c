package org.voyage.indicators.feature.stream;

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
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.CubeVersionStamp;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.FigureResponses.PositionAnswer;
import org.voyage.indicators.query.ResultCell;

/**
 * Channel of one watched breakdown of one figure: its last published values, and the last changes for returning
 * clients. All watchers of the same breakdown share it. The hub's lock guards it, except for departing watchers.
 */
final class BreakdownChannel {

    private final FigureQuery query;
    private final Optional<String> province;
    private final int memory;
    private final Map<Map<String, String>, @Nullable Number> values = new LinkedHashMap<>();
    private final Deque<SequencedChange> replayBuffer = new ArrayDeque<>();
    private final Set<StreamSubscription> watchers = ConcurrentHashMap.newKeySet();
    private long completeSince;
    private String period = "";
    private @Nullable CubeVersionStamp cubeVersions;
    private @Nullable LocalDate lastDay;
    volatile long leftAt = System.nanoTime();

    /** @param number the buffer holds changes after this one */
    BreakdownChannel(FigureQuery query, Optional<String> province, int memory, long number) {
        this.query = query;
        this.province = province;
        this.memory = memory;
        this.completeSince = number;
    }

    FigureQuery query() {
        return query;
    }

    Set<StreamSubscription> watchers() {
        return watchers;
    }

    /**
     * Computes the breakdown again and returns the changes, if the figure changed or the day is another. The first call
     * returns first values without causes.
     */
    List<StreamedChange> recomputeChanges(
            FiguresView view, FigureCalculator figures, PositionAnswer position, CauseResolver causes) {
        LocalDate today = figures.today();
        boolean first = cubeVersions == null;
        if (cubeVersions != null && today.equals(lastDay) && cubeVersions.isCurrentIn(view, query.figure())) {
            return List.of();
        }
        cubeVersions = CubeVersionStamp.capture(view, query.figure());
        lastDay = today;
        List<ResultCell> cells = figures.computeCells(view, query, province);
        period = figures.formatPeriod(query, cells);
        if (first) {
            cells.stream()
                    .filter(cell -> !Objects.equals(cell.shownValue(), emptyValue()))
                    .forEach(cell -> values.put(cell.coordinates(), cell.shownValue()));
            return currentChanges(position);
        }
        Map<Map<String, String>, @Nullable Number> now = new HashMap<>();
        cells.forEach(cell -> now.put(cell.coordinates(), cell.shownValue()));
        Set<Map<String, String>> slices = new LinkedHashSet<>(values.keySet());
        cells.forEach(cell -> slices.add(cell.coordinates()));
        slices.removeIf(slice ->
                Objects.equals(now.getOrDefault(slice, emptyValue()), values.getOrDefault(slice, emptyValue())));
        if (slices.isEmpty()) {
            return List.of();
        }
        Map<Map<String, String>, TriggeringEvent> known = causes.causesOf(view, query, slices);
        List<StreamedChange> changes = new ArrayList<>();
        for (Map<String, String> slice : slices) {
            Number value = now.getOrDefault(slice, emptyValue());
            changes.add(toChange(slice, value, values.getOrDefault(slice, emptyValue()), position, known.get(slice)));
            values.put(slice, value);
        }
        return changes;
    }

    /** Returns the current values, as first values for a new watcher. */
    List<StreamedChange> currentChanges(PositionAnswer position) {
        List<StreamedChange> snapshot = new ArrayList<>();
        if (query.breakdowns().isEmpty() && values.isEmpty()) {
            snapshot.add(toChange(Map.of(), emptyValue(), null, position, null));
        }
        values.forEach((slice, value) -> snapshot.add(toChange(slice, value, null, position, null)));
        return snapshot;
    }

    void addToReplay(SequencedChange change) {
        replayBuffer.addLast(change);
        if (replayBuffer.size() > memory) {
            completeSince = replayBuffer.removeFirst().number();
        }
    }

    /** Returns whether the buffer holds every change after this number. */
    boolean canReplayFrom(long number) {
        return number >= completeSince;
    }

    List<SequencedChange> findChangesAfter(long number) {
        return replayBuffer.stream().filter(change -> change.number() > number).toList();
    }

    /** Returns the default for an absent value: 0 for a count of nothing, null for a share of nothing. */
    private @Nullable Number emptyValue() {
        return query.figure().isCount() ? BigDecimal.ZERO : null;
    }

    private StreamedChange toChange(
            Map<String, String> slice,
            @Nullable Number value,
            @Nullable Number previous,
            PositionAnswer position,
            @Nullable TriggeringEvent cause) {
        return new StreamedChange(
                query.figure().code(),
                slice,
                period,
                value,
                previous,
                position,
                visibleCause(cause),
                query.figure().version());
    }

    /** Hides the cause from a bureau when a record of another province changed a national figure. */
    private @Nullable TriggeringEvent visibleCause(@Nullable TriggeringEvent cause) {
        boolean others = cause != null && province.isPresent() && !cause.key().startsWith(province.get() + "/");
        return others ? null : cause;
    }
}
