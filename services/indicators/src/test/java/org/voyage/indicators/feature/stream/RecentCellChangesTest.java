package org.voyage.indicators.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.feature.stream.RecentCellChanges.CellChange;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.TriggeringEvent;

class RecentCellChangesTest {

    private static final int CHANGES = 50_000;

    private final TestFigures world = new TestFigures();

    @Test
    void however_much_comes_the_last_touch_at_each_code_is_remembered() {
        FigureAggregator aggregator = figureOf("overseas-schools");
        RecentCellChanges touches = new RecentCellChanges(aggregator);
        CellChange before = changeAt(aggregator, 1, "hostCountry", 7);
        CellChange last = changeAt(aggregator, 2, "hostCountry", 7);
        touches.addChange(before);
        touches.addChange(last);

        for (int i = 0; i < CHANGES; i++) {
            touches.addChange(changeAt(aggregator, 3 + i, "hostCountry", 8));
        }

        assertThat(touches.changes()).contains(last).doesNotContain(before).hasSizeLessThan(5_000);
        assertThat(touches.changes().getLast().number()).isEqualTo(2 + CHANGES);
        assertThat(touches.changes()).extracting(CellChange::number).isSorted();
    }

    /** In a distinct count each record is a code of its own, which no client can watch. */
    @Test
    void a_cell_that_changes_only_once_is_not_remembered_permanently() {
        FigureAggregator aggregator = figureOf("overseas-majors");
        RecentCellChanges touches = new RecentCellChanges(aggregator);

        for (int i = 0; i < CHANGES; i++) {
            touches.addChange(changeAt(aggregator, i, "majors", i));
        }

        assertThat(touches.changes()).hasSizeLessThan(5_000);
    }

    private FigureAggregator figureOf(String code) {
        return world.liveFigures.readView(view -> view.requireWhole(code));
    }

    private static CellChange changeAt(FigureAggregator aggregator, long number, String field, int code) {
        int[] at = aggregator.newCoordinates();
        at[aggregator.columnOf(field)] = code;
        at[at.length - 1] = (int) LocalDate.of(2022, 1, 1).toEpochDay();
        return new CellChange(
                number, at, 1, new TriggeringEvent("overseas.overseas-school", "12/" + number, 1, "created"));
    }
}
