package org.voyage.indicators.feature.verification.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.evidence.EvidenceHistory;
import org.voyage.indicators.feature.verification.recount.CellKey;
import org.voyage.indicators.feature.verification.recount.FigureRecount;
import org.voyage.indicators.feature.verification.recount.ProofUndecidedException;
import org.voyage.indicators.feature.verification.recount.RecountDefinitions;
import org.voyage.indicators.feature.verification.recount.StateFields;

/**
 * Locator of the event at which a cell diverged.
 *
 * <ul>
 *   <li>When the recounts of evidence and log differ, it compares the two event by event.
 *   <li>When they agree and the live figure differs, it replays the same events. If the replay gives the value of the
 *       recount, the memory is wrong.
 *   <li>If not, it bisects to the event at which the fold diverges from the recount.
 * </ul>
 */
public final class DivergenceLocator {

    /** Above this number of events, the locator does not compute the effect of each event. */
    private static final int MAX_EXAMINED_EVENTS = 2_000;

    private static final int MAX_REPORTED_EVENTS = 10;

    private final RecountDefinitions definitions;
    private final CellReplay fold;

    public DivergenceLocator(RecountDefinitions definitions, CellReplay fold) {
        this.definitions = definitions;
        this.fold = fold;
    }

    /** A cell with its amount in each source. */
    public record CellAmounts(CellKey key, long live, long evidence, long published) {}

    /**
     * @param firstEvent null when it was not found
     * @param lastEvents only for memory
     */
    public record LocatedDivergence(
            DifferenceOrigin origin, @Nullable EventLocation firstEvent, List<EventLocation> lastEvents) {
        public static final LocatedDivergence NOT_LOCATED =
                new LocatedDivergence(DifferenceOrigin.NOT_NARROWED, null, List.of());
    }

    public LocatedDivergence locate(
            FigureRecount recount,
            CellAmounts cell,
            List<LoggedEvent> steps,
            List<EvidenceHistory.StoredVersion> stored)
            throws ProofUndecidedException {
        if (cell.evidence() != cell.published()) {
            return firstMismatch(steps, stored)
                    .map(place -> new LocatedDivergence(DifferenceOrigin.EVIDENCE, place, List.of()))
                    .orElse(LocatedDivergence.NOT_LOCATED);
        }
        return foldAmount(recount, cell.key(), steps) == recountAmount(recount, cell.key(), steps)
                ? locateInMemory(recount, cell, steps)
                : new LocatedDivergence(
                        DifferenceOrigin.FOLD,
                        firstDivergingEvent(recount, cell.key(), steps).toLocation(),
                        List.of());
    }

    private record EventVersionKey(String record, String key, int version) {}

    /** Finds the earliest event that the evidence lacks, changed or invented. */
    private static Optional<EventLocation> firstMismatch(
            List<LoggedEvent> steps, List<EvidenceHistory.StoredVersion> stored) throws ProofUndecidedException {
        Map<EventVersionKey, EvidenceHistory.StoredVersion> rows = new HashMap<>();
        stored.forEach(row -> rows.put(
                new EventVersionKey(
                        row.record(), row.location().key(), row.location().version()),
                row));
        List<EventLocation> unlike = new ArrayList<>();
        Set<EventVersionKey> seen = new HashSet<>();
        for (LoggedEvent step : steps) {
            EventVersionKey version = new EventVersionKey(step.record(), step.key(), step.version());
            EvidenceHistory.StoredVersion row = rows.get(version);
            if (seen.add(version)
                    && (row == null || !toState(row).equals(step.published().stateAfter()))) {
                unlike.add(step.toLocation());
            }
        }
        rows.forEach((version, row) -> {
            if (!seen.contains(version)) {
                unlike.add(EventLocation.of(row));
            }
        });
        return unlike.stream().min(Comparator.comparing(EventLocation::time));
    }

    private static JsonNode toState(EvidenceHistory.StoredVersion row) throws ProofUndecidedException {
        return row.stateAfter() == null ? NullNode.getInstance() : RecountDefinitions.parseJson(row.stateAfter());
    }

    /**
     * Returns the last event of the shortest prefix, among those of the bisection, on which fold and recount differ.
     */
    private LoggedEvent firstDivergingEvent(FigureRecount recount, CellKey at, List<LoggedEvent> steps) {
        int agree = 0;
        int differ = steps.size();
        while (differ - agree > 1) {
            int middle = (agree + differ) >>> 1;
            List<LoggedEvent> prefix = steps.subList(0, middle);
            if (foldAmount(recount, at, prefix) == recountAmount(recount, at, prefix)) {
                agree = middle;
            } else {
                differ = middle;
            }
        }
        return steps.get(differ - 1);
    }

    /**
     * Finds an event whose effect equals the difference: it was counted twice or not at all. Else it returns the last
     * event that changed the cell.
     */
    private LocatedDivergence locateInMemory(FigureRecount recount, CellAmounts cell, List<LoggedEvent> steps) {
        long difference = cell.live() - cell.published();
        Map<String, LoggedEvent> lastOf = new LinkedHashMap<>();
        LoggedEvent likely = null;
        boolean exact = false;
        long before = 0;
        for (int i = 0; i < steps.size(); i++) {
            LoggedEvent step = steps.get(i);
            long after = steps.size() > MAX_EXAMINED_EVENTS
                    ? before
                    : recountAmount(recount, cell.key(), steps.subList(0, i + 1));
            boolean own = step.record().equals(recount.indicator().record());
            if (after != before) {
                boolean explains = Math.abs(after - before) == Math.abs(difference);
                likely = explains || !exact ? step : likely;
                exact |= explains;
            }
            if (own) {
                lastOf.remove(step.key());
                lastOf.put(step.key(), step);
            }
            before = after;
        }
        List<EventLocation> last = new ArrayList<>();
        lastOf.values().forEach(step -> last.addFirst(step.toLocation()));
        EventLocation first = likely != null ? likely.toLocation() : last.isEmpty() ? null : last.getFirst();
        return new LocatedDivergence(
                DifferenceOrigin.MEMORY,
                first,
                List.copyOf(last.subList(0, Math.min(MAX_REPORTED_EVENTS, last.size()))));
    }

    private long foldAmount(FigureRecount recount, CellKey at, List<LoggedEvent> steps) {
        return fold.computeAmount(recount.indicator(), at, steps);
    }

    private long recountAmount(FigureRecount recount, CellKey at, List<LoggedEvent> steps) {
        Map<String, Map<String, LoggedEvent>> newest = new HashMap<>();
        steps.forEach(step -> newest.computeIfAbsent(step.record(), record -> new HashMap<>())
                .merge(step.key(), step, (a, b) -> b.version() > a.version() ? b : a));
        long[] amount = {0};
        newest.getOrDefault(recount.indicator().record(), Map.of()).forEach((key, step) -> {
            StateFields own = toFields(step);
            if (own != null) {
                recount.countFact(
                        key,
                        own,
                        (record, other) ->
                                toFields(newest.getOrDefault(record, Map.of()).get(other)),
                        (cell, adds) -> amount[0] += cell.equals(at) ? adds : 0);
            }
        });
        return amount[0];
    }

    private @Nullable StateFields toFields(@Nullable LoggedEvent step) {
        return step == null || !step.published().stateAfter().isObject()
                ? null
                : definitions.readFields(step.record(), step.published().stateAfter());
    }
}
