package org.voyage.indicators.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final Reference REFERENCE = ReferenceLoader.load(
            Map.of("status", "statuses.csv", "cooperative-programme.status", "cooperation-statuses.csv"),
            List.of("hostCountry", "nationality"));

    @Test
    void a_record_may_have_codes_of_its_own_under_a_name_that_others_use() {
        assertThat(REFERENCE
                        .codes(List.of("overseas-school"), "status")
                        .orElseThrow()
                        .codes())
                .contains("closed")
                .doesNotContain("terminated");
        assertThat(REFERENCE
                        .codes(List.of("cooperative-programme"), "status")
                        .orElseThrow()
                        .codes())
                .contains("terminated")
                .doesNotContain("closed");
    }

    @Test
    void a_joined_record_brings_its_codes() {
        assertThat(REFERENCE
                        .codes(List.of("cooperative-headcount", "cooperative-programme"), "status")
                        .orElseThrow()
                        .codes())
                .contains("terminated");
    }

    @Test
    void a_country_that_ended_keeps_its_name_and_region() {
        assertThat(REFERENCE
                        .codes(List.of("inbound-enrolment"), "nationality")
                        .orElseThrow()
                        .label("SCG"))
                .isEqualTo(new Label("塞尔维亚和黑山", "Serbia and Montenegro"));
        assertThat(REFERENCE.geography().of(Geography.SUB_REGION, "SCG")).isEqualTo("southern-europe");
    }
}
