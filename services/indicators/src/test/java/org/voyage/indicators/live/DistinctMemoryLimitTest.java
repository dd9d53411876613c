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
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureCalculator;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;
import org.voyage.indicators.query.ResultCell;
import org.voyage.kit.problem.Refusal;

/**
 * Test of the memory limit of distinct counts. Memory grows with the number of elements, of which there are many here,
 * in every year since 1900.
 */
class DistinctMemoryLimitTest {

    private static final int STUDENTS = 20_000;
    private static final int COLLEGES = 1_000;
    /** The rows alone, by college in 127 years, would take 20 MB. */
    private static final long MAX_ALLOCATED_BYTES = 5_000_000;

    private static final PeriodFilter ALL_YEARS = new PeriodFilter.YearRangePeriod(1900, 2026);
    private static final TestFigures FIGURES = new TestFigures();

    @BeforeAll
    static void deliverStudents() {
        List<HistoryVersion> students = new ArrayList<>();
        for (int i = 0; i < STUDENTS; i++) {
            students.add(new HistoryVersion(
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
        FIGURES.deliverVersions(students);
    }

    @Test
    void too_many_groups_are_refused_before_their_elements_take_memory() {
        long before = allocatedBytes();

        assertThatThrownBy(() -> computeValues(FIGURES.calculator, ALL_YEARS, "college"))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("more than 100000 values");

        assertThat(allocatedBytes() - before).isLessThan(MAX_ALLOCATED_BYTES);
    }

    @Test
    void too_many_elements_of_few_groups_are_refused_before_they_take_memory() {
        long before = allocatedBytes();

        assertThatThrownBy(() -> computeValues(FIGURES.calculator.withMaxCells(1_000), ALL_YEARS, "province"))
                .isInstanceOf(Refusal.Malformed.class)
                .hasMessageContaining("more elements");

        assertThat(allocatedBytes() - before).isLessThan(MAX_ALLOCATED_BYTES);
    }

    @Test
    void what_there_is_room_for_is_counted() {
        assertThat(computeValues(FIGURES.calculator, ALL_YEARS, "province"))
                .hasSize(7)
                .allSatisfy(cell -> assertThat(cell.wholeValue()).isEqualTo(STUDENTS));
        assertThat(computeValues(FIGURES.calculator, new PeriodFilter.YearRangePeriod(2007, 2026), "college"))
                .hasSize(7 * COLLEGES)
                .allSatisfy(cell -> assertThat(cell.wholeValue()).isEqualTo(STUDENTS / COLLEGES));
    }

    private static List<ResultCell> computeValues(FigureCalculator figures, PeriodFilter period, String dimension) {
        FigureQuery query = new FigureQuery(
                TestFigures.CATALOGUE.findFigure("inbound-majors").orElseThrow(),
                List.of(new Breakdown.YearBreakdown(), new Breakdown.DimensionBreakdown(dimension)),
                Map.of(),
                List.of(),
                period);
        return FIGURES.liveFigures.readView(view -> figures.computeCells(view, query, Optional.empty()));
    }

    private static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
