package org.voyage.indicators.feature.rehearsal;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.definition.Figure;
import org.voyage.indicators.evidence.checkpoint.Checkpoint;
import org.voyage.indicators.history.AsOfFigures;
import org.voyage.indicators.live.LiveFigures;
import org.voyage.indicators.query.AsOfViewResolver;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.ResultCell;
import org.voyage.kit.problem.Refusal;

/**
 * Rehearsal of a definition: it counts a figure by two definitions from the evidence at one checkpoint. It counts one
 * after the other, so that only one is in memory. It does not change the live figures.
 */
@ApplicationScoped
class DefinitionRehearsal {

    private static final Comparator<Map<String, String>> PLACE_ORDER =
            Comparator.comparing(at -> String.join("\u0000", at.values()));

    private final AsOfFigures asOfFigures;
    private final AsOfViewResolver asOfResolver;
    private final LiveFigures live;

    DefinitionRehearsal(AsOfFigures known, AsOfViewResolver asOfResolver, LiveFigures live) {
        this.asOfFigures = known;
        this.asOfResolver = asOfResolver;
        this.live = live;
    }

    /**
     * A place where at least one of the two definitions has a value.
     *
     * @param active as it is shown; null without a value
     */
    record RehearsedRow(
            Map<String, String> coordinates,
            @Nullable BigDecimal active,
            @Nullable BigDecimal candidate,
            boolean differs) {

        /** Returns candidate minus active; null when either has no value. */
        @Nullable
        BigDecimal computeDifference() {
            return active == null || candidate == null ? null : candidate.subtract(active);
        }
    }

    /** @param offsets per topic and partition the offset of the first event that is not counted */
    record RehearsalComparison(String period, Map<String, Map<String, Long>> offsets, List<RehearsedRow> rows) {}

    /**
     * @param active empty when the service has no figure of this code yet
     * @throws Refusal.Conflict when the records are too many to be held a second time
     * @throws Refusal.Malformed when the answer would have too many values
     */
    RehearsalComparison compareDefinitions(
            Optional<RehearsedDefinition> active, RehearsedDefinition candidate, Checkpoint checkpoint) {
        active.ifPresent(side -> requireFewFacts(side.figure()));
        requireFewFacts(candidate.figure());
        RehearsedValues before = active.map(side -> countSide(side, checkpoint)).orElse(RehearsedValues.EMPTY);
        RehearsedValues after = countSide(candidate, checkpoint);
        TreeSet<Map<String, String>> places = new TreeSet<>(PLACE_ORDER);
        places.addAll(before.cells().keySet());
        places.addAll(after.cells().keySet());
        List<RehearsedRow> rows = new ArrayList<>();
        for (Map<String, String> at : places) {
            ResultCell old = before.valueAt(at);
            ResultCell fresh = after.valueAt(at);
            rows.add(new RehearsedRow(at, shownValue(old), shownValue(fresh), isDifferent(old, fresh)));
        }
        RehearsedValues told = candidate.query().isEmpty() ? before : after;
        return new RehearsalComparison(told.period(), told.offsets(), rows);
    }

    /** @param hasZeros whether the value is 0 where there is no cell */
    private record RehearsedValues(
            String period,
            Map<String, Map<String, Long>> offsets,
            Map<Map<String, String>, ResultCell> cells,
            boolean hasZeros) {

        static final RehearsedValues EMPTY = new RehearsedValues("", Map.of(), Map.of(), false);

        @Nullable
        ResultCell valueAt(Map<String, String> at) {
            ResultCell cell = cells.get(at);
            return cell == null && hasZeros ? new ResultCell(at, 0) : cell;
        }
    }

    private RehearsedValues countSide(RehearsedDefinition side, Checkpoint checkpoint) {
        if (side.query().isEmpty()) {
            return RehearsedValues.EMPTY;
        }
        FigureQuery query = side.query().get();
        FigureCalculator figures = asOfResolver.calculatorAt(checkpoint);
        return asOfFigures.buildUncached(side.figure(), checkpoint).readView(view -> {
            List<ResultCell> cells = figures.computeCells(view, query, Optional.empty());
            return new RehearsedValues(
                    figures.formatPeriod(query, cells),
                    view.positions().offsetsByTopic(),
                    RehearsedDefinition.groupByPlace(cells),
                    side.figure().isCount());
        });
    }

    private void requireFewFacts(Figure figure) {
        Map<String, Integer> sizes = live.factCounts();
        long facts = figure.records().stream()
                .mapToLong(record -> sizes.getOrDefault(record, 0))
                .sum();
        if (facts > AsOfFigures.MAX_FACTS) {
            throw new Refusal.Conflict(
                    "The figure is made of " + facts + " records; at most " + AsOfFigures.MAX_FACTS + " are rehearsed.",
                    "该指标由 " + facts + " 条记录计算，试算最多支持 " + AsOfFigures.MAX_FACTS + " 条。");
        }
    }

    private static @Nullable BigDecimal shownValue(@Nullable ResultCell cell) {
        return cell == null ? null : cell.shownValue();
    }

    private static boolean isDifferent(@Nullable ResultCell active, @Nullable ResultCell candidate) {
        BigDecimal one = active == null ? null : active.exact();
        BigDecimal other = candidate == null ? null : candidate.exact();
        return one == null ? other != null : other == null || one.compareTo(other) != 0;
    }
}
