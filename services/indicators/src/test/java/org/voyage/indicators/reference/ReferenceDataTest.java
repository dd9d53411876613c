package org.voyage.indicators.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceDataTest {

    private static final ReferenceData REFERENCE = ReferenceLoader.loadReference(
            Map.of("status", "statuses.csv", "cooperative-programme.status", "cooperation-statuses.csv"),
            List.of("hostCountry", "nationality"),
            Optional.empty());

    @Test
    void a_record_may_have_codes_of_its_own_under_a_name_that_others_use() {
        assertThat(REFERENCE
                        .findCodes(List.of("overseas-school"), "status")
                        .orElseThrow()
                        .codes())
                .contains("closed")
                .doesNotContain("terminated");
        assertThat(REFERENCE
                        .findCodes(List.of("cooperative-programme"), "status")
                        .orElseThrow()
                        .codes())
                .contains("terminated")
                .doesNotContain("closed");
    }

    @Test
    void a_joined_record_brings_its_codes() {
        assertThat(REFERENCE
                        .findCodes(List.of("cooperative-headcount", "cooperative-programme"), "status")
                        .orElseThrow()
                        .codes())
                .contains("terminated");
    }

    @Test
    void a_country_that_ended_keeps_its_name_and_region() {
        assertThat(REFERENCE
                        .findCodes(List.of("inbound-enrolment"), "nationality")
                        .orElseThrow()
                        .labelOf("SCG"))
                .isEqualTo(new CodeLabel("塞尔维亚和黑山", "Serbia and Montenegro"));
        assertThat(REFERENCE.geography().regionOf(Geography.SUB_REGION, "SCG")).isEqualTo("southern-europe");
    }

    @Test
    void an_operator_brings_the_members_of_a_list_of_colleges(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("double-high.csv"),
                "college,valid_from,valid_until\n4112000001,2019-12-10,2024-01-01\n");

        MembershipList list = ReferenceLoader.loadReference(Map.of(), List.of("hostCountry"), Optional.of(folder))
                .findList("double-high")
                .orElseThrow();

        assertThat(list.ofColleges()).isTrue();
        assertThat(List.of("2019-12-09", "2019-12-10", "2023-12-31", "2024-01-01"))
                .extracting(day -> list.isMember(
                        "4112000001", Math.toIntExact(LocalDate.parse(day).toEpochDay())))
                .containsExactly(false, true, true, false);
        assertThat(REFERENCE.findList("double-high").orElseThrow().isMember("4112000001", 19_000))
                .isFalse();
    }
}
