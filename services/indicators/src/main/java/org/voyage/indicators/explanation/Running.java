package org.voyage.indicators.explanation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.voyage.indicators.indicator.Measure;
import org.voyage.indicators.live.Cube;
import org.voyage.indicators.live.Slice;
import org.voyage.indicators.live.Tally;

/** One value, kept up to date while its cells move. */
abstract sealed class Running {

    /** A cell of the slice moved. */
    abstract void add(int[] at, long amount);

    abstract long value();

    /** @param again computes the value from all cells, for figures that no shorter way is known for */
    static Running of(Tally tally, Slice slice, LongSupplier again) {
        return switch (tally.indicator().measure()) {
            case Measure.Count _, Measure.Sum _ -> new Sum(again.getAsLong());
            case Measure.Distinct _ -> new Elements(tally, slice);
        };
    }

    private static final class Sum extends Running {
        private long sum;

        Sum(long sum) {
            this.sum = sum;
        }

        @Override
        void add(int[] at, long amount) {
            sum += amount;
        }

        @Override
        long value() {
            return sum;
        }
    }

    private static final class Elements extends Running {
        private final int element;
        private final Map<Integer, Long> times = new HashMap<>();

        Elements(Tally tally, Slice slice) {
            this.element = tally.element();
            Cube cube = tally.cube();
            int[] at = tally.room();
            for (int cell = 0; cell < cube.size(); cell++) {
                for (int column = 0; column < at.length; column++) {
                    at[column] = cube.coordinate(cell, column);
                }
                if (slice.holds(at)) {
                    add(at, cube.amount(cell));
                }
            }
        }

        @Override
        void add(int[] at, long amount) {
            if (times.merge(at[element], amount, Long::sum) == 0) {
                times.remove(at[element]);
            }
        }

        @Override
        long value() {
            return times.values().stream().filter(count -> count > 0).count();
        }
    }
}
