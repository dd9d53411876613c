package org.voyage.indicators.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.Cell;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Figures;
import org.voyage.indicators.query.Period;
import org.voyage.kit.problem.Refusal;

/** A distinct count takes memory for each element that it tells apart; these are many, in every year since 1900. */
class DistinctLimitsTest {

    private static final int STUDENTS = 20_000;
    private static final int COLLEGES = 1_000;
    /** Of the rows alone, told apart by college in 127 years, there would be 20 MB. */
    private static final long LITTLE = 5_000_000;

    private static final Period EVER = new Period.Years(1900, 2026);
    private static final World WORLD = new World();

    @BeforeAll
    static void everybody_has_a_major_of_their_own() {
        List<Version> students = new ArrayList<>();
        for (int i = 0; i < STUDENTS; i++) {
            students.add(new Version(
                    "inbound-enrolment",
                    "12/S" + i,
                    1,
                    "created",
                    Map.of(
                            "nationality",
                            "THA",
                            "college",
                            String.valueOf(4112000000L + i % COLLEGES),
                            "level",
                            "higher-vocational",
                            "category",
                            "degree",
                            "major",
                            String.valueOf(100000 + i),
                            "startedOn",
                            "2020-01-01")));
        }
        WORLD.deliver(students);
    }

    @Test
    void too_many_groups_are_refused_before_their_elements_take_memory() {
        long before = allocated();

        assertThatThrownBy(() -> values(WORLD.figures, EVER, "college"))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("more than 100000 values");

        assertThat(allocated() - before).isLessThan(LITTLE);
    }

    @Test
    void too_many_elements_of_few_groups_are_refused_before_they_take_memory() {
        long before = allocated();

        assertThatThrownBy(() -> values(WORLD.figures.upTo(1_000), EVER, "province"))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("More elements");

        assertThat(allocated() - before).isLessThan(LITTLE);
    }

    @Test
    void what_there_is_room_for_is_counted() {
        assertThat(values(WORLD.figures, EVER, "province"))
                .hasSize(7)
                .allSatisfy(cell -> assertThat(cell.value()).isEqualTo(STUDENTS));
        assertThat(values(WORLD.figures, new Period.Years(2007, 2026), "college"))
                .hasSize(7 * COLLEGES)
                .allSatisfy(cell -> assertThat(cell.value()).isEqualTo(STUDENTS / COLLEGES));
    }

    private static List<Cell> values(Figures figures, Period period, String dimension) {
        FigureQuery query = new FigureQuery(
                World.CATALOGUE.find("inbound-majors").orElseThrow(),
                List.of(new By.Year(), new By.Dimension(dimension)),
                Map.of(),
                List.of(),
                period);
        return WORLD.live.read(cut -> figures.cells(cut, query, Optional.empty()));
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
