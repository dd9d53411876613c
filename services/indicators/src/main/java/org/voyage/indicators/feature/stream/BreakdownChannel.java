package org.voyage.indicators.feature.stream;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.feature.completeness.CoverageCalculator.ComparedYears;
import org.voyage.indicators.feature.completeness.ReportedYears;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.CubeVersionStamp;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.HeadlineAnswer;
import org.voyage.indicators.query.ResultCell;

/**
 * Channel of one watched breakdown of one figure: its last published values, and the last changes for returning
 * clients. All watchers of the same breakdown share it. The hub's lock guards it, except for departing watchers.
 */
final class BreakdownChannel {

    private final FigureQuery query;
    private final Optional<String> province;
    private final int memory;
    /** Place of each slice in the two lists; no slice is ever removed. */
    private final Map<Map<String, String>, Integer> places = new HashMap<>();

    private final List<Map<String, String>> slices = new ArrayList<>();
    private final List<@Nullable Number> values = new ArrayList<>();
    private final Deque<SequencedChange> replayBuffer = new ArrayDeque<>();
    private final Set<StreamWatcher> watchers = ConcurrentHashMap.newKeySet();
    private long replayBytes;
    private long completeSince;
    private boolean givenUp;
    private String period = "";
    private @Nullable CubeVersionStamp cubeVersions;
    private @Nullable LocalDate lastDay;
    private long lastSeriesVersion;
    /** Whether no province has reported about the period of the last look. */
    private boolean gap;
    /** The headline of the figure at the last look; null for a breakdown, which sends none. */
    private @Nullable HeadlineAnswer headline;

    volatile long leftAt = System.nanoTime();

    /** @param number the buffer holds changes after this one */
    BreakdownChannel(FigureQuery query, Optional<String> province, int memory, long number) {
        this.query = query;
        this.province = province;
        this.memory = memory;
        this.completeSince = number;
    }

    /** Keeps the remembered changes of all channels below a limit: those with most bytes forget their older half. */
    static void limitReplayBytes(Collection<BreakdownChannel> channels, long maxBytes) {
        long all = channels.stream().mapToLong(channel -> channel.replayBytes).sum();
        while (all > maxBytes) {
            BreakdownChannel largest = Collections.max(
                    channels, Comparator.comparingLong((BreakdownChannel channel) -> channel.replayBytes));
            long before = largest.replayBytes;
            largest.forgetOlderHalf();
            all -= before - largest.replayBytes;
        }
    }

    FigureQuery query() {
        return query;
    }

    Set<StreamWatcher> watchers() {
        return watchers;
    }

    /** Ends the channel: its breakdown cannot be computed any more. */
    void giveUp() {
        givenUp = true;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Returns whether the watchers of this channel may see the state of a province's years. */
    boolean canSeeProvince(String code) {
        return province.map(code::equals).orElse(true);
    }

    /**
     * Computes the breakdown again and returns the changes, if the figure, the published numbers, the day or the reports
     * changed. The first call only sets the first values.
     *
     * @param reported the years of the query about which provinces have reported
     */
    List<SliceChange> recomputeChanges(
            FiguresView view, FigureCalculator figures, CauseResolver causes, ReportedYears reported) {
        LocalDate today = figures.today();
        boolean first = cubeVersions == null;
        long seriesVersion = figures.seriesVersion();
        // No stream is by year, so the period does not depend on the values.
        setPeriod(figures.formatPeriod(query, List.of()));
        boolean gapNow =
                reported.findGap(ComparedYears.of(query, period, today).years()).isPresent();
        boolean gapMoved = gapNow != gap;
        HeadlineAnswer headlineNow = query.breakdowns().isEmpty() ? reported.findHeadline(figures) : null;
        boolean headlineMoved = !Objects.equals(headlineNow, headline);
        headline = headlineNow;
        if (cubeVersions != null
                && !gapMoved
                && !headlineMoved
                && today.equals(lastDay)
                && seriesVersion == lastSeriesVersion
                && cubeVersions.isCurrentIn(view, query.figure())) {
            return List.of();
        }
        lastSeriesVersion = seriesVersion;
        cubeVersions = CubeVersionStamp.capture(view, query.figure());
        lastDay = today;
        List<ResultCell> cells = figures.computeCells(view, query, province);
        Map<Map<String, String>, @Nullable Number> now = new LinkedHashMap<>();
        cells.forEach(cell -> now.put(cell.coordinates(), toValue(cell, gapNow)));
        Number emptyBefore = emptyValue();
        gap = gapNow;
        if (first) {
            now.forEach((slice, value) -> {
                if (!Objects.equals(value, emptyValue())) {
                    setValue(slice, value);
                }
            });
            if (query.breakdowns().isEmpty() && slices.isEmpty()) {
                setValue(Map.of(), emptyValue());
            }
            return List.of();
        }
        Set<Map<String, String>> moved = new LinkedHashSet<>(slices);
        moved.addAll(now.keySet());
        moved.removeIf(slice -> {
            Number value = now.getOrDefault(slice, emptyValue());
            return !headlineMoved && Objects.equals(value, valueOf(slice, emptyBefore)) && (value != null || !gapMoved);
        });
        if (moved.isEmpty()) {
            return List.of();
        }
        Map<Map<String, String>, TriggeringEvent> known = causes.causesOf(view, query, moved);
        List<SliceChange> changes = new ArrayList<>();
        for (Map<String, String> slice : moved) {
            Number value = now.getOrDefault(slice, emptyValue());
            changes.add(toChange(slice, value, valueOf(slice, emptyBefore), known.get(slice)));
            setValue(slice, value);
        }
        return changes;
    }

    /** Returns the value to show: in a gap a count of nothing is unknown, and so is every comparison of years. */
    private @Nullable Number toValue(ResultCell cell, boolean inGap) {
        BigDecimal value = cell.shownValue();
        boolean unknown = value == null || value.signum() == 0 || ReportedYears.comparesYears(query.figure());
        return inGap && unknown ? null : value;
    }

    private void setPeriod(String formatted) {
        if (!formatted.equals(period)) {
            period = formatted;
        }
    }

    private @Nullable Number valueOf(Map<String, String> slice, @Nullable Number absent) {
        Integer place = places.get(slice);
        return place == null ? absent : values.get(place);
    }

    private void setValue(Map<String, String> slice, @Nullable Number value) {
        Integer place = places.putIfAbsent(slice, slices.size());
        if (place == null) {
            slices.add(slice);
            values.add(value);
        } else {
            values.set(place, value);
        }
    }

    /** Returns the number of slices; it only grows. */
    int sliceCount() {
        return slices.size();
    }

    /** Returns the place of a slice among all, from 0. */
    int placeOf(Map<String, String> slice) {
        return places.getOrDefault(slice, slices.size());
    }

    /** Returns the current value of a slice, as a first value for a new watcher. */
    SliceChange currentChange(int place) {
        return toChange(slices.get(place), values.get(place), null, null);
    }

    void addToReplay(SequencedChange change) {
        replayBuffer.addLast(change);
        replayBytes += change.change().estimateBytes();
        while (replayBuffer.size() > memory) {
            forgetOldest();
        }
    }

    private void forgetOlderHalf() {
        for (int left = (replayBuffer.size() + 1) / 2; left > 0; left--) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        SequencedChange oldest = replayBuffer.removeFirst();
        replayBytes -= oldest.change().estimateBytes();
        completeSince = oldest.number();
    }

    /** Returns an estimate of the memory of the remembered changes, in bytes. */
    long replayBytes() {
        return replayBytes;
    }

    /** Returns whether the buffer holds every change after this number. */
    boolean canReplayFrom(long number) {
        return number >= completeSince;
    }

    /** Returns the remembered changes after this number, the oldest first. */
    List<SequencedChange> findChangesAfter(long number) {
        List<SequencedChange> found = new ArrayList<>();
        for (Iterator<SequencedChange> newestFirst = replayBuffer.descendingIterator(); newestFirst.hasNext(); ) {
            SequencedChange change = newestFirst.next();
            if (change.number() <= number) {
                break;
            }
            found.add(change);
        }
        return found.reversed();
    }

    /** Returns the default for an absent value: 0 for a count of nothing, null in a gap and for a share of nothing. */
    private @Nullable Number emptyValue() {
        return query.figure().isCount() && !gap ? BigDecimal.ZERO : null;
    }

    private SliceChange toChange(
            Map<String, String> slice,
            @Nullable Number value,
            @Nullable Number previous,
            @Nullable TriggeringEvent cause) {
        return new SliceChange(
                query.figure().code(),
                slice,
                period,
                value,
                value != null || !gap,
                previous,
                visibleCause(cause),
                query.figure().version(),
                headline);
    }

    /** Hides the cause from a bureau when a record of another province changed a national figure. */
    private @Nullable TriggeringEvent visibleCause(@Nullable TriggeringEvent cause) {
        boolean others = cause != null && province.isPresent() && !cause.key().startsWith(province.get() + "/");
        return others ? null : cause;
    }
}
