package org.voyage.kit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountryGroupsTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-28");

    @Test
    void a_membership_holds_from_its_first_day_until_before_its_last(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("asean.csv"), "alpha3,from,until\nTHA,2026-11-28,\nVNM,,2026-11-28\n");
        CountryGroups groups = CountryGroups.load(Optional.of(folder));
        assertThat(groups.membersOn("asean", DAY)).containsExactly("THA");
        assertThat(groups.membersOn("asean", DAY.minusDays(1))).containsExactly("VNM");
    }
}
