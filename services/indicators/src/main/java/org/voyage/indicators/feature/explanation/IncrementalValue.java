package org.voyage.indicators.feature.explanation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.voyage.indicators.cube.Cube;
import org.voyage.indicators.cube.CubeSlice;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.FiguresView;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.OperandQuery;
import org.voyage.indicators.query.ResultCell;

/**
 * Single value of a query, kept up to date while its cells change. It keeps the sums of the counted figures, and
 * derives the value again after a change.
 */
final class IncrementalValue {

    private final FiguresView view;
    private final FigureCalculator figures;
    private final FigureQuery query;
    private final Map<OperandQuery, IncrementalOperand> operands = new LinkedHashMap<>();
    private boolean isStale = true;
    private @Nullable BigDecimal value;

    /** @param view of figures that no other thread changes; the value reads the view again while they change */
    IncrementalValue(FiguresView view, FigureCalculator figures, FigureQuery query) {
        this.view = view;
        this.figures = figures;
        this.query = query;
        figures.countedOperands(query).forEach(counted -> operands.computeIfAbsent(counted, IncrementalOperand::new));
    }

    /**
     * Adds the change of a cell.
     *
     * @return whether the value depends on the cell
     */
    boolean addCell(FigureAggregator aggregator, int[] at, long amount) {
        boolean any = false;
        for (IncrementalOperand counter : operands.values()) {
            any |= counter.aggregator == aggregator && counter.addCell(at, amount);
        }
        isStale |= any;
        return any;
    }

    /** Returns null without a value, as for a share of nothing. */
    @Nullable
    BigDecimal currentValue() {
        if (isStale) {
            value = figures.computeValue(
                    query,
                    (counted, province) ->
                            Objects.requireNonNull(operands.get(counted)).toCells());
            isStale = false;
        }
        return value;
    }

    /** A counted figure, or its values at each code that the derived figure uses. */
    private final class IncrementalOperand {
        private final OperandQuery operand;
        private final FigureAggregator aggregator;
        private final boolean isWhole;
        private final Map<Map<String, String>, Map<Integer, Long>> amountsByPlace = new HashMap<>();
        private CubeSlice slice;

        IncrementalOperand(OperandQuery counted) {
            this.operand = counted;
            this.aggregator = view.requireWhole(counted.query().figure().code());
            this.isWhole = counted.query().breakdowns().isEmpty();
            this.slice = figures.sliceOf(view, counted);
            if (isWhole) {
                amountsByPlace.put(Map.of(), new HashMap<>());
            }
            Cube cube = aggregator.cube();
            int[] at = aggregator.newCoordinates();
            for (int cell = 0; cell < cube.size(); cell++) {
                for (int column = 0; column < at.length; column++) {
                    at[column] = cube.coordinateOf(cell, column);
                }
                addCell(at, cube.amountOf(cell));
            }
        }

        /** Some codes get their numbers only while an event is applied. */
        boolean addCell(int[] at, long amount) {
            if (!slice.knowsCodes(at)) {
                slice = figures.sliceOf(view, operand);
            }
            if (!slice.containsCell(at)) {
                return false;
            }
            Map<String, String> place = isWhole ? Map.of() : figures.placeOf(view, operand, at);
            int element = aggregator.element() < 0 ? 0 : at[aggregator.element()];
            Map<Integer, Long> elements = amountsByPlace.computeIfAbsent(place, key -> new HashMap<>());
            if (elements.merge(element, amount, Long::sum) == 0) {
                elements.remove(element);
            }
            return true;
        }

        List<ResultCell> toCells() {
            List<ResultCell> cells = new ArrayList<>();
            amountsByPlace.forEach((place, elements) -> {
                long at = aggregator.element() < 0
                        ? elements.getOrDefault(0, 0L)
                        : elements.values().stream().filter(times -> times > 0).count();
                if (isWhole || at != 0) {
                    cells.add(new ResultCell(place, at));
                }
            });
            return cells;
        }
    }
}
