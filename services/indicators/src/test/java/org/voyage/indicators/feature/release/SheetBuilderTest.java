package org.voyage.indicators.feature.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.definition.CountedFigure;
import org.voyage.indicators.definition.PublicAccess;

class SheetBuilderTest {

    private static final BinaryCodeTree TWO = BinaryCodeTree.build(List.of("a", "b"), List.of());
    private static final CountedFigure FIGURE =
            ReleaseTablesTest.createFigure("f", "inbound-enrolment", new PublicAccess.ReleasedAccess(List.of("level")));

    private final List<ReleasedSheet> sheets = new ArrayList<>();

    @Test
    void a_year_that_moved_is_drawn_again() {
        buildSheet("level", 300, 200);
        buildSheet("level", 320, 200);

        assertThat(sheets).hasSize(2);
    }

    /** The definition has another table since: readers have files with the tables of the earlier release. */
    @Test
    void no_total_comes_near_one_that_was_published_by_tables_of_before() {
        buildSheet("level", 300, 200);
        buildSheet("level", 320, 200);

        assertThat(buildSheet("category", 300, 201)).isEqualTo(new SheetOutcome.KeptSheet());
        assertThat(buildSheet("category", 300, 250)).isInstanceOf(SheetOutcome.NewSheet.class);
    }

    private SheetOutcome buildSheet(String table, long a, long b) {
        SheetOutcome drawn = new SheetBuilder(
                        FIGURE, 2024, sheets.size() + 1, Map.of(table, TWO), CellSuppression.completeSuppression())
                .buildSheet(sheets, name -> code -> code.equals("a") ? a : b);
        if (drawn instanceof SheetOutcome.NewSheet(ReleasedSheet sheet)) {
            sheets.add(sheet);
        }
        return drawn;
    }
}
