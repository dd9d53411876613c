package org.voyage.feeds.alliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.voyage.feeds.alliance.UnmatchedPartnerFinder.NamedPartner;

class UnmatchedPartnerFinderTest {

    private static final List<AllianceMember> MEMBERS = List.of(
            member("U-1", "THA", "Example University of Technology", "示例理工大学"), member("U-2", "LAO", "Polytechnic"));

    @Test
    void a_name_that_resembles_a_spelling_of_a_member_of_its_country_is_reported() {
        assertThat(UnmatchedPartnerFinder.compare(
                        MEMBERS,
                        List.of(
                                new NamedPartner("Example Univ. of Technology", "THA", 3),
                                new NamedPartner("示例理工大学（曼谷）", "THA", 1))))
                .extracting(UnmatchedPartnerFinder.LikelyMiss::member, UnmatchedPartnerFinder.LikelyMiss::records)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("U-1", 3L), org.assertj.core.groups.Tuple.tuple("U-1", 1L));
    }

    @Test
    void what_matches_already_and_what_is_of_another_country_or_quite_different_is_not() {
        assertThat(UnmatchedPartnerFinder.compare(
                        MEMBERS,
                        List.of(
                                new NamedPartner("EXAMPLE  UNIVERSITY of technology", "THA", 3),
                                new NamedPartner("Example Univ. of Technology", "LAO", 3),
                                new NamedPartner("Rajamangala Institute", "THA", 3))))
                .isEmpty();
    }

    private static AllianceMember member(String id, String country, String... names) {
        AllianceMember member = new AllianceMember();
        member.id = id;
        member.country = country;
        member.names = List.of(names);
        return member;
    }
}
