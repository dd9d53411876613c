package org.voyage.feeds.alliance;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.voyage.feeds.scope.MemberSet;
import org.voyage.kit.database.JdbcClient;
import org.voyage.kit.database.SqlArray;

/**
 * Finder of partners in records that are likely members but are written in another way: their country is that of a member,
 * their name resembles one of its spellings and is none. Nothing matches them until an operator adds the spelling.
 */
@ApplicationScoped
class UnmatchedPartnerFinder {

    /** Share of common parts of three characters from which two names resemble each other; 1 is equal. */
    private static final double MIN_SIMILARITY = 0.6;

    private static final int GRAM_LENGTH = 3;

    private static final String PARTNERS_SQL = """
            select partner ->> 'name', partner ->> 'country', count(*)
              from record_state, jsonb_array_elements(state -> 'foreignPartners') partner
             where partner ->> 'country' = any (?)
             group by 1, 2""";

    private final JdbcClient database;

    UnmatchedPartnerFinder(DataSource dataSource) {
        this.database = new JdbcClient(dataSource);
    }

    /** Partner as records name it. @param records number of them */
    record NamedPartner(String name, String country, long records) {}

    /**
     * Partner that is likely a member.
     *
     * @param member id of the member
     * @param spelling of the member that the name resembles
     * @param name as the records have it
     * @param records number of records that name it so
     * @param similarity 0 to 1
     */
    @Schema(name = "LikelyMiss")
    public record LikelyMiss(
            String member, String spelling, String name, String country, long records, double similarity) {}

    /** Returns the likely misses among the stored records, the most similar first. */
    List<LikelyMiss> findMisses(List<AllianceMember> members) {
        Set<String> countries = members.stream().map(member -> member.country).collect(Collectors.toSet());
        return compare(
                members,
                database.query(
                        PARTNERS_SQL,
                        row -> new NamedPartner(row.getString(1), row.getString(2), row.getLong(3)),
                        new SqlArray("text", countries.toArray(String[]::new))));
    }

    static List<LikelyMiss> compare(List<AllianceMember> members, List<NamedPartner> partners) {
        Set<String> matched = members.stream()
                .flatMap(member -> member.names.stream().map(name -> member.country + MemberSet.foldName(name)))
                .collect(Collectors.toSet());
        List<LikelyMiss> misses = new ArrayList<>();
        for (NamedPartner partner : partners) {
            if (!matched.contains(partner.country() + MemberSet.foldName(partner.name()))) {
                members.stream()
                        .filter(member -> member.country.equals(partner.country()))
                        .flatMap(member -> member.names.stream().map(name -> toMiss(member, name, partner)))
                        .filter(miss -> miss.similarity() >= MIN_SIMILARITY)
                        .max(Comparator.comparing(LikelyMiss::similarity))
                        .ifPresent(misses::add);
            }
        }
        misses.sort(Comparator.comparing(LikelyMiss::similarity).reversed().thenComparing(LikelyMiss::name));
        return misses;
    }

    private static LikelyMiss toMiss(AllianceMember member, String spelling, NamedPartner partner) {
        double similarity = computeSimilarity(MemberSet.foldName(spelling), MemberSet.foldName(partner.name()));
        return new LikelyMiss(
                member.id,
                spelling,
                partner.name(),
                partner.country(),
                partner.records(),
                Math.round(similarity * 100) / 100.0);
    }

    private static double computeSimilarity(String one, String other) {
        Set<String> grams = gramsOf(one);
        Set<String> others = gramsOf(other);
        Set<String> common = new HashSet<>(grams);
        common.retainAll(others);
        return 2.0 * common.size() / Math.max(1, grams.size() + others.size());
    }

    /** Returns the parts of a text; a Chinese name is short, so its beginning and end count as parts too. */
    private static Set<String> gramsOf(String text) {
        String padded = "^" + text + "$";
        Set<String> grams = new HashSet<>();
        for (int i = 0; i + GRAM_LENGTH <= padded.length(); i++) {
            grams.add(padded.substring(i, i + GRAM_LENGTH));
        }
        return grams;
    }
}
