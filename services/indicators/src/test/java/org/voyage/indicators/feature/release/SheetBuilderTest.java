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

    /** No province has reported any more: 0 would be a count. A year that is submitted without records is 0 again. */
    @Test
    void a_year_without_remaining_reports_is_released_as_not_reported() {
        buildSheet("level", 300, 200);

        buildSheet("level", 0, 0, true);
        assertThat(sheets.getLast().isReported()).isFalse();
        assertThat(buildSheet("level", 0, 0, true)).isEqualTo(new SheetOutcome.UnmovedSheet());
        assertThat(buildSheet("level", 2, 0, false)).isEqualTo(new SheetOutcome.UnmovedSheet());
        buildSheet("level", 0, 0, false);

        assertThat(sheets.getLast().isReported()).isTrue();
        assertThat(sheets.getLast().tables()).isEqualTo(sheets.get(1).tables());
        assertThat(sheets).hasSize(3);
    }

    /** Its numbers may be too near to the released ones for new numbers, so they stay. */
    @Test
    void a_year_that_most_provinces_have_reported_since_is_released_again_with_its_numbers() {
        buildSheet("level", 300, 200, false, false);
        assertThat(buildSheet("level", 301, 200, false, false)).isEqualTo(new SheetOutcome.UnmovedSheet());
        assertThat(sheets.getLast().isMostlyReported()).isFalse();

        buildSheet("level", 301, 200, false, true);

        assertThat(sheets).hasSize(2);
        assertThat(sheets.getLast().isMostlyReported()).isTrue();
        assertThat(sheets.getLast().tables()).isEqualTo(sheets.getFirst().tables());
        assertThat(buildSheet("level", 301, 200, false, false)).isEqualTo(new SheetOutcome.UnmovedSheet());
    }

    private SheetOutcome buildSheet(String table, long a, long b) {
        return buildSheet(table, a, b, false);
    }

    private SheetOutcome buildSheet(String table, long a, long b, boolean gap) {
        return buildSheet(table, a, b, gap, true);
    }

    private SheetOutcome buildSheet(String table, long a, long b, boolean gap, boolean mostlyReported) {
        SheetOutcome drawn = new SheetBuilder(
                        FIGURE,
                        2024,
                        sheets.size() + 1,
                        Map.of(table, TWO),
                        CellSuppression.completeSuppression(),
                        gap,
                        mostlyReported)
                .buildSheet(sheets, name -> code -> code.equals("a") ? a : b);
        if (drawn instanceof SheetOutcome.NewSheet(ReleasedSheet sheet)) {
            sheets.add(sheet);
        }
        return drawn;
    }
}
