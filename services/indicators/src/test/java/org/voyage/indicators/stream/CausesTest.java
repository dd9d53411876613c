package org.voyage.indicators.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.voyage.indicators.live.Cause;
import org.voyage.indicators.live.ChangeListener;
import org.voyage.indicators.live.History.Version;
import org.voyage.indicators.live.Tally;
import org.voyage.indicators.live.World;
import org.voyage.indicators.query.By;
import org.voyage.indicators.query.FigureQuery;
import org.voyage.indicators.query.Period;
import org.voyage.indicators.stream.Touches.Touch;

/** Several events between two looks: a correction takes its cells away and gives them again. */
class CausesTest {

    private static final String MOVER = "32/A";
    private static final String OTHER = "32/B";

    private final World world = new World();
    private final Map<String, Touches> touches = new HashMap<>();
    private long number;

    @BeforeEach
    void listen() {
        world.live.listen(new ChangeListener() {
            @Override
            public boolean wants(Tally tally) {
                return true;
            }

            @Override
            public void cellMoved(Tally tally, int[] at, long amount, Cause cause) {
                touches.computeIfAbsent(tally.indicator().code(), code -> new Touches(tally))
                        .note(new Touch(++number, at, amount, cause));
            }

            @Override
            public void batchApplied() {}
        });
        world.deliver(List.of(school(OTHER, 1, "THA", "other")));
        touches.clear();
    }

    @Test
    void what_a_correction_leaves_as_it_was_it_did_not_move() {
        world.deliver(List.of(school(MOVER, 1, "THA", "luban-workshop"), school(OTHER, 2, "THA", "luban-workshop")));

        assertThat(causes("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
        assertThat(causes("overseas-schools", "brand"))
                .containsEntry("luban-workshop", OTHER)
                .containsEntry("other", OTHER);
        assertThat(causes("overseas-schools-share", "hostCountry")).containsEntry("THA", MOVER);
        assertThat(causes("overseas-schools-concentration", "hostCountry")).containsEntry("THA", MOVER);
    }

    @Test
    void what_says_the_same_again_moved_nothing() {
        world.deliver(List.of(school(MOVER, 1, "THA", "other"), school(OTHER, 2, "THA", "other")));

        for (String code : List.of("overseas-schools", "overseas-countries", "overseas-schools-share")) {
            assertThat(causes(code, "hostCountry")).as(code).containsEntry("THA", MOVER);
        }
    }

    /** As many schools as before, and other countries. */
    @Test
    void what_is_counted_once_moves_when_one_comes_and_another_one_goes() {
        world.deliver(List.of(school(OTHER, 2, "KEN", "other")));

        assertThat(causes("overseas-schools", "brand")).isEmpty();
        assertThat(causes("overseas-countries", "brand")).containsEntry("other", OTHER);
        assertThat(causes("overseas-schools-concentration", "brand")).containsEntry("other", OTHER);
    }

    /** Who the last mover of each code was, however many corrections that moved nothing come after it. */
    @Test
    void a_mover_is_not_forgotten_for_those_that_moved_nothing() {
        world.deliver(List.of(school(MOVER, 1, "THA", "other")));

        correctManyTimes();

        assertThat(causes("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
    }

    /** It is not open yet. */
    @Test
    void nor_is_one_that_moved_a_day_within_its_year() {
        world.deliver(List.of(school(MOVER, 1, "THA", "other", "2026-11-01")));
        touches.clear();
        world.deliver(List.of(school(MOVER, 2, "THA", "other", "2026-12-01")));

        correctManyTimes();

        assertThat(causes("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
    }

    @Test
    void nor_is_one_for_those_that_moved_days_only() {
        world.deliver(List.of(school(MOVER, 1, "THA", "other")));
        for (int version = 2; version < 5_000; version++) {
            String day = version % 2 == 0 ? "2026-02-01" : "2026-01-01";
            world.deliver(List.of(school(OTHER, version, "THA", "other", day)));
        }

        assertThat(causes("overseas-schools", "hostCountry")).containsEntry("THA", MOVER);
    }

    private void correctManyTimes() {
        for (int version = 2; version < 5_000; version++) {
            world.deliver(List.of(school(OTHER, version, "THA", "other")));
        }
    }

    private Map<String, String> causes(String code, String by) {
        FigureQuery query = new FigureQuery(
                World.CATALOGUE.find(code).orElseThrow(),
                List.of(new By.Dimension(by)),
                Map.of(),
                List.of(),
                new Period.Current());
        Map<String, String> causes = new HashMap<>();
        world.live.read(cut -> {
            Set<Map<String, String>> slices = by.equals("brand")
                    ? Set.of(Map.of(by, "other"), Map.of(by, "luban-workshop"))
                    : Set.of(Map.of(by, "THA"));
            new Causes(touches, World.REFERENCE.geography(), world.figures)
                    .of(cut, query, slices)
                    .forEach((slice, cause) -> causes.put(slice.getOrDefault(by, ""), cause.key()));
            return true;
        });
        return causes;
    }

    private static Version school(String key, int version, String country, String brand) {
        return school(key, version, country, brand, "2026-01-01");
    }

    private static Version school(String key, int version, String country, String brand, String openedOn) {
        return new Version(
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
