package org.voyage.kit.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    @Test
    void an_absent_filter_is_no_condition_and_is_named_in_the_cursor() {
        SqlConditions where = new SqlConditions()
                .andAny("school", List.of("S-1"))
                .andAny("year", List.of())
                .and("province = ?", "12")
                .andBetween("day", null, "2024-12-31");
        assertThat(where.sql()).isEqualTo(" where school in (?) and province = ? and day <= ?");
        assertThat(where.arguments()).containsExactly("S-1", "12", "2024-12-31");
        assertThat(where.filters()).isEqualTo("3:S-1|||null..2024-12-31");
    }

    @Test
    void a_range_has_a_condition_for_each_bound() {
        SqlConditions where = new SqlConditions().andBetween("day", "2024-01-01", "2024-12-31");
        assertThat(where.sql()).isEqualTo(" where day >= ? and day <= ?");
        assertThat(where.filters()).isEqualTo("2024-01-01..2024-12-31");
    }
}
