package org.voyage.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.voyage.demo.DemoAlliance.AllianceMember;

/**
 * Generator of alliances: the World Federation with as many members in its first batch as published, and one of ASEAN.
 * Every member is constructed. Colleges and universities are those of the cooperative programmes, so that records name
 * them.
 */
final class AllianceGenerator {

    static final String WORLD_FEDERATION = "WFCP";

    private static final int UNIVERSITIES = 93;
    private static final int COUNTRIES = 32;
    private static final int ENTERPRISES = 28;
    private static final int INDUSTRY_ORGANISATIONS = 12;
    private static final int COLLEGES = 31;
    private static final int SECOND_BATCH_COLLEGES = 4;
    private static final int ASEAN_COLLEGES = 6;
    private static final LocalDate FIRST_BATCH = LocalDate.of(2023, 6, 30);
    private static final LocalDate SECOND_BATCH = LocalDate.of(2025, 9, 1);
    /** Ends on the last day of 2025: it counts in 2024 and no longer in 2025. */
    private static final LocalDate LEFT = LocalDate.of(2025, 12, 31);

    private static final Set<String> NOT_ABROAD = Set.of("CHN", "HKG", "MAC", "TWN");
    private static final List<String> ASEAN =
            List.of("THA", "VNM", "LAO", "KHM", "MYS", "IDN", "MMR", "PHL", "BRN", "SGP");
    private static final List<String> ENTERPRISE_COUNTRIES = List.of("CHN", "CHN", "DEU", "THA", "CHN", "MYS", "FRA");
    private static final List<String> ENTERPRISE_FIELDS =
            List.of("装备制造/Equipment", "轨道交通/Rail", "新能源/Energy", "物流/Logistics");

    private final Map<String, String> countryNames = CountryDraw.chineseNames();
    /** Names of partners by country, as the programmes name them. */
    private final Map<String, TreeSet<String>> partners = new TreeMap<>();

    private final List<String> colleges;

    private AllianceGenerator(DemoHistory history) {
        List<RecordRow> programmes = history.rowsOf(RecordType.PROGRAMMES).toList();
        for (RecordRow programme : programmes) {
            if (programme.fields().get("foreignPartners") instanceof List<?> named) {
                named.stream()
                        .map(OverseasSchool.SchoolPartner.class::cast)
                        .filter(partner -> !NOT_ABROAD.contains(partner.country()))
                        .forEach(partner -> partners.computeIfAbsent(partner.country(), key -> new TreeSet<>())
                                .add(partner.name()));
            }
        }
        this.colleges = programmes.stream()
                .map(programme -> programme.text("college"))
                .distinct()
                .sorted()
                .toList();
    }

    static List<DemoAlliance> buildAlliances(DemoHistory history) {
        AllianceGenerator generator = new AllianceGenerator(history);
        return List.of(generator.buildWorldFederation(), generator.buildAseanAlliance());
    }

    private DemoAlliance buildWorldFederation() {
        List<AllianceMember> members = new ArrayList<>();
        for (int i = 0; i < COLLEGES + SECOND_BATCH_COLLEGES; i++) {
            members.add(
                    toCollege("C-%03d".formatted(i + 1), colleges.get(i), i < COLLEGES ? FIRST_BATCH : SECOND_BATCH));
        }
        List<String> countries = pickCountries(COUNTRIES - 1);
        for (int i = 0; i < UNIVERSITIES - COLLEGES; i++) {
            members.add(toUniversity(
                    "U-%03d".formatted(i + 1),
                    countries.get(i % countries.size()),
                    i / countries.size(),
                    FIRST_BATCH,
                    i == 0));
        }
        for (int i = 0; i < ENTERPRISES; i++) {
            String[] field = ENTERPRISE_FIELDS.get(i % ENTERPRISE_FIELDS.size()).split("/");
            members.add(new AllianceMember(
                    "E-%03d".formatted(i + 1),
                    "enterprise",
                    "",
                    List.of("Example %s Company %d".formatted(field[1], i + 1), "示例%s公司%d".formatted(field[0], i + 1)),
                    ENTERPRISE_COUNTRIES.get(i % ENTERPRISE_COUNTRIES.size()),
                    FIRST_BATCH,
                    null));
        }
        for (int i = 0; i < INDUSTRY_ORGANISATIONS; i++) {
            members.add(new AllianceMember(
                    "I-%03d".formatted(i + 1),
                    "industry-organisation",
                    "",
                    List.of("Example Industry Association %d".formatted(i + 1), "示例行业协会%d".formatted(i + 1)),
                    i % 2 == 0 ? "CHN" : countries.get(i),
                    FIRST_BATCH,
                    null));
        }
        return new DemoAlliance(
                WORLD_FEDERATION,
                "世界职业院校与技术大学联盟",
                "World Federation of Colleges and Polytechnics",
                members,
                Map.of(
                        "members",
                        grant(Map.of(
                                "records",
                                List.of("overseas-school", "cooperative-institution", "cooperative-programme"),
                                "members",
                                true,
                                "grantedFields",
                                List.of("overseas-school.hostCity", "overseas-school.foreignPartners.name"))),
                        "standards",
                        grant(Map.of(
                                "records",
                                List.of("standard", "recognition"),
                                "lists",
                                List.of("belt-and-road"),
                                "figureEvents",
                                true))));
    }

    private DemoAlliance buildAseanAlliance() {
        List<AllianceMember> members = new ArrayList<>();
        List<String> southern = colleges.stream()
                .filter(college ->
                        college.startsWith("4145") || college.startsWith("4153") || college.startsWith("4144"))
                .limit(ASEAN_COLLEGES)
                .toList();
        for (int i = 0; i < southern.size(); i++) {
            members.add(toCollege("C-%03d".formatted(i + 1), southern.get(i), SECOND_BATCH));
        }
        for (int i = 0; i < ASEAN.size(); i++) {
            members.add(toUniversity("U-%03d".formatted(i + 1), ASEAN.get(i), 0, SECOND_BATCH, false));
        }
        return new DemoAlliance(
                "EXASEAN",
                "示例中国—东盟职业教育联盟",
                "Example China-ASEAN Alliance of Vocational Education",
                members,
                Map.of(
                        "asean",
                        grant(Map.of(
                                "records",
                                List.of("overseas-school", "standard", "recognition", "credential-recognition"),
                                "lists",
                                List.of("asean")))));
    }

    /** Returns countries abroad: those with most partners first, then those with schools. */
    private List<String> pickCountries(int number) {
        Stream<String> ofPartners = partners.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, TreeSet<String>> its) ->
                                -its.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
        Stream<String> ofSchools =
                CsvTable.readRows("history/places.csv").stream().map(row -> row.getOrDefault("country", ""));
        return Stream.concat(ofPartners, ofSchools)
                .filter(country -> !NOT_ABROAD.contains(country))
                .distinct()
                .limit(number)
                .toList();
    }

    private static AllianceMember toCollege(String id, String college, LocalDate from) {
        return new AllianceMember(id, "college", college, List.of(), "CHN", from, null);
    }

    /** @param place among the partners of the country; one that no record names is made up */
    private AllianceMember toUniversity(String id, String country, int place, LocalDate from, boolean hasLeft) {
        String name = partners.getOrDefault(country, new TreeSet<>()).stream()
                .skip(place)
                .findFirst()
                .orElse("Example University of Technology %s %d".formatted(country, place + 1));
        String chinese = "%s示例大学%d".formatted(countryNames.getOrDefault(country, country), place + 1);
        return new AllianceMember(
                id, "foreign-university", "", List.of(name, chinese), country, from, hasLeft ? LEFT : null);
    }

    private static Map<String, Object> grant(Map<String, Object> rule) {
        Map<String, Object> grant = new TreeMap<>(rule);
        grant.put("legalBasis", "示例合作协议（虚构）/ example agreement (constructed)");
        grant.put("from", "2023-06-30");
        return grant;
    }
}
