package org.voyage.feeds.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.voyage.kit.reference.CountryGroups;

class PlatformListsTest {

    @Test
    void the_lists_of_the_platform_are_known_with_their_dates() {
        CountryGroups groups = CountryGroups.load(Optional.empty());
        assertThat(groups.listCodes()).contains("asean", "belt-and-road", "brics");
        assertThat(groups.membersOn("brics", LocalDate.parse("2023-12-31"))).doesNotContain("EGY");
        assertThat(groups.membersOn("brics", LocalDate.parse("2024-01-01"))).contains("EGY");
        assertThat(groups.countriesIn("africa")).contains("EGY").doesNotContain("THA");
    }
}
