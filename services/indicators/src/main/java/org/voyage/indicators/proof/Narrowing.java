package org.voyage.indicators.proof;

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
import org.voyage.indicators.evidence.PastEvidence;

/**
 * From a differing cell to the event at which it went wrong. When the recounts of evidence and log differ, the two are
 * compared event by event. When they agree and the live figure does not, the same events are folded anew: if that gives what
 * the recount gives, memory went wrong; if not, the event at which the fold leaves the recount is found by halving.
 */
final class Narrowing {

    /** Of more events it is not worked out what each did to the cell. */
    private static final int LOOKED_AT = 2_000;

    private static final int TOLD = 10;

    private final Definitions definitions;
    private final Fold fold;

    Narrowing(Definitions definitions, Fold fold) {
        this.definitions = definitions;
        this.fold = fold;
    }

    /** A cell and what each side says it holds. */
    record Differing(At at, long live, long evidence, long published) {}

    /**
     * @param first null when it was not found
     * @param last only for memory
     */
    record Found(Origin origin, @Nullable EventPlace first, List<EventPlace> last) {
        static final Found NOTHING = new Found(Origin.NOT_NARROWED, null, List.of());
    }

    Found narrow(Recount recount, Differing cell, List<Step> steps, List<PastEvidence.Step> stored) throws Undecided {
        if (cell.evidence() != cell.published()) {
            return firstUnlike(steps, stored)
                    .map(place -> new Found(Origin.EVIDENCE, place, List.of()))
                    .orElse(Found.NOTHING);
        }
        return folds(recount, cell.at(), steps) == recounts(recount, cell.at(), steps)
                ? memory(recount, cell, steps)
                : new Found(Origin.FOLD, leaving(recount, cell.at(), steps).place(), List.of());
    }

    private record Version(String record, String key, int version) {}

    /** The earliest event that the evidence lacks, has otherwise, or has invented. */
    private static Optional<EventPlace> firstUnlike(List<Step> steps, List<PastEvidence.Step> stored) throws Undecided {
        Map<Version, PastEvidence.Step> rows = new HashMap<>();
        stored.forEach(row -> rows.put(
                new Version(row.record(), row.place().key(), row.place().version()), row));
        List<EventPlace> unlike = new ArrayList<>();
        Set<Version> seen = new HashSet<>();
        for (Step step : steps) {
            Version version = new Version(step.record(), step.key(), step.version());
            PastEvidence.Step row = rows.get(version);
            if (seen.add(version)
                    && (row == null || !state(row).equals(step.published().after()))) {
                unlike.add(step.place());
            }
        }
        rows.forEach((version, row) -> {
            if (!seen.contains(version)) {
                unlike.add(EventPlace.of(row));
            }
        });
        return unlike.stream().min(Comparator.comparing(EventPlace::time));
    }

    private static JsonNode state(PastEvidence.Step row) throws Undecided {
        return row.after() == null ? NullNode.getInstance() : Definitions.json(row.after());
    }

    /** The last event of the shortest prefix, among those that halving meets, on which both do not agree. */
    private Step leaving(Recount recount, At at, List<Step> steps) {
        int agree = 0;
        int differ = steps.size();
        while (differ - agree > 1) {
            int middle = (agree + differ) >>> 1;
            List<Step> prefix = steps.subList(0, middle);
            if (folds(recount, at, prefix) == recounts(recount, at, prefix)) {
                agree = middle;
            } else {
                differ = middle;
            }
        }
        return steps.get(differ - 1);
    }

    /** An event that moved the cell by just the difference was counted twice or not at all; else the last that moved it. */
    private Found memory(Recount recount, Differing cell, List<Step> steps) {
        long difference = cell.live() - cell.published();
        Map<String, Step> lastOf = new LinkedHashMap<>();
        Step likely = null;
        boolean exact = false;
        long before = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            long after = steps.size() > LOOKED_AT ? before : recounts(recount, cell.at(), steps.subList(0, i + 1));
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
        List<EventPlace> last = new ArrayList<>();
        lastOf.values().forEach(step -> last.addFirst(step.place()));
        EventPlace first = likely != null ? likely.place() : last.isEmpty() ? null : last.getFirst();
        return new Found(Origin.MEMORY, first, List.copyOf(last.subList(0, Math.min(TOLD, last.size()))));
    }

    private long folds(Recount recount, At at, List<Step> steps) {
        return fold.amount(recount.indicator(), at, steps);
    }

    private long recounts(Recount recount, At at, List<Step> steps) {
        Map<String, Map<String, Step>> newest = new HashMap<>();
        steps.forEach(step -> newest.computeIfAbsent(step.record(), record -> new HashMap<>())
                .merge(step.key(), step, (a, b) -> b.version() > a.version() ? b : a));
        long[] amount = {0};
        newest.getOrDefault(recount.indicator().record(), Map.of()).forEach((key, step) -> {
            Fields own = fields(step);
            if (own != null) {
                recount.count(
                        key,
                        own,
                        (record, other) ->
                                fields(newest.getOrDefault(record, Map.of()).get(other)),
                        (cell, adds) -> amount[0] += cell.equals(at) ? adds : 0);
            }
        });
        return amount[0];
    }

    private @Nullable Fields fields(@Nullable Step step) {
        return step == null || !step.published().after().isObject()
                ? null
                : definitions.read(step.record(), step.published().after());
    }
}
