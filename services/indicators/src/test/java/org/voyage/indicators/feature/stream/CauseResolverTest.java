package org.voyage.indicators.feature.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.cube.TestFigures;
import org.voyage.indicators.feature.stream.RecentCellChanges.CellChange;
import org.voyage.indicators.live.CellChangeListener;
import org.voyage.indicators.live.FigureAggregator;
import org.voyage.indicators.live.RecordHistory.HistoryVersion;
import org.voyage.indicators.live.TriggeringEvent;
import org.voyage.indicators.query.Breakdown;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.PeriodFilter;

/**
 * Test of the cause resolver with several events between two evaluations: a correction removes its cells and adds them
 * again.
 */
class CauseResolverTest {

    private static final String MOVER = "32/A";
    private static final String OTHER = "32/B";

    private final TestFigures world = new TestFigures();
    private final Map<String, RecentCellChanges> touches = new HashMap<>();
    private long number;

    @BeforeEach
    void listenToFigures() {
        world.liveFigures.addListener(new CellChangeListener() {
            @Override
            public boolean isInterestedIn(FigureAggregator aggregator) {
                return true;
            }

            @Override
            public void onCellMoved(FigureAggregator aggregator, int[] at, long amount, TriggeringEvent cause) {
                touches.computeIfAbsent(aggregator.indicator().code(), code -> new RecentCellChanges(aggregator))
                        .addChange(new CellChange(++number, at, amount, cause));
            }

            @Override
            public void onBatchApplied() {}
        });
        world.deliverVersions(List.of(schoolVersion(OTHER, 1, "THA", "other")));
        touches.clear();
    }

    @Test
    void what_a_correction_leaves_as_it_was_it_did_not_move() {
        world.deliverVersions(List.of(
                schoolVersion(MOVER, 1, "THA", "luban-workshop"), schoolVersion(OTHER, 2, "THA", "luban-workshop")));

        assertThat(findCauses("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
        assertThat(findCauses("overseas-schools", "brand"))
                .containsEntry("luban-workshop", OTHER)
                .containsEntry("other", OTHER);
        assertThat(findCauses("overseas-schools-share", "hostCountry")).containsEntry("THA", MOVER);
        assertThat(findCauses("overseas-schools-concentration", "hostCountry")).containsEntry("THA", MOVER);
    }

    @Test
    void what_says_the_same_again_moved_nothing() {
        world.deliverVersions(
                List.of(schoolVersion(MOVER, 1, "THA", "other"), schoolVersion(OTHER, 2, "THA", "other")));

        for (String code : List.of("overseas-schools", "overseas-countries", "overseas-schools-share")) {
            assertThat(findCauses(code, "hostCountry")).as(code).containsEntry("THA", MOVER);
        }
    }

    /** The number of schools is unchanged, but their countries differ. */
    @Test
    void what_is_counted_once_moves_when_one_comes_and_another_one_goes() {
        world.deliverVersions(List.of(schoolVersion(OTHER, 2, "KEN", "other")));

        assertThat(findCauses("overseas-schools", "brand")).isEmpty();
        assertThat(findCauses("overseas-countries", "brand")).containsEntry("other", OTHER);
        assertThat(findCauses("overseas-schools-concentration", "brand")).containsEntry("other", OTHER);
    }

    /** The last mover of each code, with any number of later corrections that moved nothing. */
    @Test
    void a_mover_is_not_forgotten_for_those_that_moved_nothing() {
        world.deliverVersions(List.of(schoolVersion(MOVER, 1, "THA", "other")));

        deliverCorrections();

        assertThat(findCauses("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
    }

    /** The school is not open yet. */
    @Test
    void nor_is_one_that_moved_a_day_within_its_year() {
        world.deliverVersions(List.of(schoolVersion(MOVER, 1, "THA", "other", "2026-11-01")));
        touches.clear();
        world.deliverVersions(List.of(schoolVersion(MOVER, 2, "THA", "other", "2026-12-01")));

        deliverCorrections();

        assertThat(findCauses("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
    }

    @Test
    void nor_is_one_for_those_that_moved_days_only() {
        world.deliverVersions(List.of(schoolVersion(MOVER, 1, "THA", "other")));
        for (int version = 2; version < 5_000; version++) {
            String day = version % 2 == 0 ? "2026-02-01" : "2026-01-01";
            world.deliverVersions(List.of(schoolVersion(OTHER, version, "THA", "other", day)));
        }

        assertThat(findCauses("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
    }

    private void deliverCorrections() {
        for (int version = 2; version < 5_000; version++) {
            world.deliverVersions(List.of(schoolVersion(OTHER, version, "THA", "other")));
        }
    }

    private Map<String, String> findCauses(String code, String by) {
        FigureQuery query = new FigureQuery(
                TestFigures.CATALOGUE.findFigure(code).orElseThrow(),
                List.of(new Breakdown.DimensionBreakdown(by)),
                Map.of(),
                List.of(),
                new PeriodFilter.CurrentPeriod());
        Map<String, String> causes = new HashMap<>();
        world.liveFigures.readView(view -> {
            Set<Map<String, String>> slices = by.equals("brand")
                    ? Set.of(Map.of(by, "other"), Map.of(by, "luban-workshop"))
                    : Set.of(Map.of(by, "THA"));
            new CauseResolver(touches, TestFigures.REFERENCE.geography(), world.calculator)
                    .causesOf(view, query, slices)
                    .forEach((slice, cause) -> causes.put(slice.getOrDefault(by, ""), cause.key()));
            return true;
        });
        return causes;
    }

    private static HistoryVersion schoolVersion(String key, int version, String country, String brand) {
        return schoolVersion(key, version, country, brand, "2026-01-01");
    }

    private static HistoryVersion schoolVersion(
            String key, int version, String country, String brand, String openedOn) {
        return new HistoryVersion(
                "overseas-school",
                key,
                version,
                version == 1 ? "created" : "corrected",
                Map.of(
                        "brand",
                        brand,
                        "tier",
                        "workshop",
                        "form",
                        "branch",
                        "hostCountry",
                        country,
                        "foundingColleges",
                        List.of("41" + key.substring(0, 2) + "000001"),
                        "majors",
                        List.of("460301"),
                        "status",
                        "open",
                        "openedOn",
                        openedOn));
    }
}
