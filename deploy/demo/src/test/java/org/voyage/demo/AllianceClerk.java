package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.voyage.demo.DemoAlliance.AllianceMember;

/** Clerk that counts the members of the World Federation with simple filters. */
final class AllianceClerk {

    private static final List<DemoAlliance> ALLIANCES =
            DemoHistory.readHistory().alliances();

    private AllianceClerk() {}

    static DemoAlliance findAlliance(String code) {
        return ALLIANCES.stream()
                .filter(alliance -> alliance.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the number of members of all alliances, those that have left included. */
    static long countMembers() {
        return ALLIANCES.stream()
                .mapToLong(alliance -> alliance.members().size())
                .sum();
    }

    static long countFigure(String figure, LocalDate date) {
        return switch (figure) {
            case "wfcp-universities" -> universities(date).count();
            case "wfcp-countries" ->
                universities(date).map(AllianceMember::country).distinct().count();
            case "wfcp-enterprises" -> membersOf("enterprise", date).count();
            case "wfcp-industry-organisations" ->
                membersOf("industry-organisation", date).count();
            default -> throw new IllegalArgumentException(figure);
        };
    }

    private static Stream<AllianceMember> universities(LocalDate date) {
        return Stream.concat(membersOf("college", date), membersOf("foreign-university", date));
    }

    private static Stream<AllianceMember> membersOf(String kind, LocalDate date) {
        return findAlliance("WFCP").members().stream()
                .filter(member -> member.kind().equals(kind) && isMemberAt(member, date));
    }

    private static boolean isMemberAt(AllianceMember member, LocalDate date) {
        return !LocalDate.parse(member.from()).isAfter(date)
                && (member.until() == null || LocalDate.parse(member.until()).isAfter(date));
    }
}
