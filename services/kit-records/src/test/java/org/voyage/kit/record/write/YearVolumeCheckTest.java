package org.voyage.kit.record.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.voyage.kit.record.write.YearVolumeCheck.YearVolume;
import org.voyage.kit.rules.RulesConfig;

class YearVolumeCheckTest {

    private record TestRulesConfig(Optional<Path> folder, long jumpFactor, long jumpLeast, Duration compareEvery)
            implements RulesConfig {}

    /** @return the details of the warnings of 2024 */
    private static List<String> warnings(Map<Integer, YearVolume> years) {
        return YearVolumeCheck.compareYears(
                        new TreeMap<>(years),
                        "startedOn",
                        2024,
                        new TestRulesConfig(Optional.empty(), 5, 100, Duration.ZERO))
                .stream()
                .map(warning -> warning.rows() + " rows: " + warning.finding().detail())
                .toList();
    }

    @Test
    void far_more_and_far_fewer_records_than_the_year_before_are_reported_with_their_rows() {
        assertThat(warnings(Map.of(
                        2020,
                        new YearVolume(100, 0),
                        2021,
                        new YearVolume(900, 7),
                        2022,
                        new YearVolume(30, 0),
                        2023,
                        new YearVolume(700, 9))))
                .containsExactly(
                        "7 rows: \"2021\" has 900 records now, the year before has 100.",
                        "9 rows: \"2023\" has 700 records now, the year before has 30.");
        assertThat(warnings(Map.of(2021, new YearVolume(900, 7), 2022, new YearVolume(30, 30))))
                .containsExactly("30 rows: \"2022\" has 30 records now, the year before has 900.");
    }

    @Test
    void a_year_that_is_not_over_may_have_fewer_and_may_not_have_far_more() {
        assertThat(warnings(Map.of(2023, new YearVolume(900, 0), 2024, new YearVolume(30, 30))))
                .isEmpty();
        assertThat(warnings(Map.of(2023, new YearVolume(30, 0), 2024, new YearVolume(900, 30))))
                .hasSize(1);
    }

    @Test
    void the_first_year_of_all_is_compared_with_nothing_and_small_numbers_do_not_jump() {
        assertThat(warnings(Map.of(2021, new YearVolume(900, 900)))).isEmpty();
        assertThat(warnings(Map.of(2021, new YearVolume(1, 1), 2022, new YearVolume(99, 99))))
                .isEmpty();
    }
}
