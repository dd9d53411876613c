package org.voyage.kit.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConditionsTest {

    @Test
    void an_absent_filter_is_no_condition_and_is_named_in_the_cursor() {
        SqlConditions where = new SqlConditions()
                .andIf("school = ?", "S-1")
                .andIf("year = ?", null)
                .and("province = ?", "12")
                .andBetween("day", null, "2024-12-31");
        assertThat(where.sql()).isEqualTo(" where school = ? and province = ? and day <= ?");
        assertThat(where.arguments()).containsExactly("S-1", "12", "2024-12-31");
        assertThat(where.filters()).isEqualTo("S-1|null|null..2024-12-31");
    }

    @Test
    void a_range_has_a_condition_for_each_bound() {
        SqlConditions where = new SqlConditions().andBetween("day", "2024-01-01", "2024-12-31");
        assertThat(where.sql()).isEqualTo(" where day >= ? and day <= ?");
        assertThat(where.filters()).isEqualTo("2024-01-01..2024-12-31");
    }
}
