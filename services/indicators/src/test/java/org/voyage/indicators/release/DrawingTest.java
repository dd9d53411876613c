package org.voyage.indicators.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.indicator.Indicator;
import org.voyage.indicators.indicator.Outside;

class DrawingTest {

    private static final Halves TWO = Halves.of(List.of("a", "b"), List.of());
    private static final Indicator FIGURE =
            TablesTest.figure("f", "inbound-enrolment", new Outside.Released(List.of("level")));

    private final List<Sheet> sheets = new ArrayList<>();

    @Test
    void a_year_that_moved_is_drawn_again() {
        draw("level", 300, 200);
        draw("level", 320, 200);

        assertThat(sheets).hasSize(2);
    }

    /** The definition has another table since: what was published by the old one stands in somebody's files. */
    @Test
    void no_total_comes_near_one_that_was_published_by_tables_of_before() {
        draw("level", 300, 200);
        draw("level", 320, 200);

        assertThat(draw("category", 300, 201)).isEqualTo(new Drawn.Kept());
        assertThat(draw("category", 300, 250)).isInstanceOf(Drawn.New.class);
    }

    private Drawn draw(String table, long a, long b) {
        Drawn drawn = new Drawing(FIGURE, 2024, sheets.size() + 1, Map.of(table, TWO), Protection.complete())
                .draw(sheets, name -> code -> code.equals("a") ? a : b);
        if (drawn instanceof Drawn.New(Sheet sheet)) {
            sheets.add(sheet);
        }
        return drawn;
    }
}
