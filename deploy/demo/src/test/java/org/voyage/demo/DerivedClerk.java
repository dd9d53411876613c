package org.voyage.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shares, growth, thresholds and lists of colleges, from what the {@link Clerk} counts. */
final class DerivedClerk {

    private static final Set<String> NORTH_AMERICA_OCEANIA_EUROPE = Set.of("north-america", "oceania", "europe");

    private final Clerk clerk;
    private final Membership doubleHigh = Membership.ofColleges("double-high");
    private final Membership beltAndRoad = Membership.ofCountries("belt-and-road");
    private final Membership asean = Membership.ofCountries("asean");
    private final Map<String, String> regions = Table.read("contracts/reference/countries.csv").stream()
            .collect(Collectors.toMap(row -> row.getOrDefault("alpha3", ""), row -> row.getOrDefault("region", "")));
    private final Map<String, Function<LocalDate, BigDecimal>> figures;

    DerivedClerk(Clerk clerk) {
        this.clerk = clerk;
        this.figures = Map.ofEntries(
                Map.entry("inbound-growth-2015-2019", date -> yearlyGrowth("inbound-students", 2015, 2019)),
                Map.entry("inbound-asia-share", this::fromAsia),
                Map.entry("inbound-majors-double-high", date -> whole(majors(atDoubleHigh(date)))),
                Map.entry(
                        "inbound-majors-double-high-share",
                        date -> percent(majors(atDoubleHigh(date)), majors(clerk.enrolled(date)))),
                Map.entry(
                        "inbound-students-double-high",
                        date -> whole(atDoubleHigh(date).count())),
                Map.entry(
                        "inbound-students-double-high-share",
                        date -> percent(
                                atDoubleHigh(date).count(), clerk.enrolled(date).count())),
                Map.entry(
                        "inbound-provinces-over-500",
                        date -> whole(studentProvinces(date).size())),
                Map.entry(
                        "teacher-training-provinces-over-10000",
                        date -> whole(trainingProvinces(date).size())),
                Map.entry(
                        "outbound-internship-colleges",
                        date -> whole(interning(date, Clerk.with("purpose", "internship")))),
                Map.entry("teacher-guidance-colleges", date -> whole(guiding(date))),
                Map.entry("cooperative-institutions-growth-2016", date -> growth("cooperative-institutions", date)),
                Map.entry("cooperation-partners-na-oc-eu-share", this::western),
                Map.entry("cooperation-bri", date -> whole(alongTheRoad(date))),
                Map.entry("curriculum-standards-double-high", date -> whole(byDoubleHigh(date))),
                Map.entry(
                        "curriculum-standards-double-high-share",
                        date -> percent(
                                byDoubleHigh(date),
                                clerk.curricula(clerk.abroad(date)).count())),
                Map.entry("curriculum-standards-guangxi-growth", date -> growth("curriculum-standards-guangxi", date)),
                Map.entry("curriculum-standards-guangxi-asean-share", this::guangxiInAsean));
    }

    boolean knows(String figure) {
        return figures.containsKey(figure);
    }

    BigDecimal count(String figure, LocalDate date) {
        return Objects.requireNonNull(figures.get(figure)).apply(date);
    }

    /** Provinces with more than 500 students. */
    Set<String> studentProvinces(LocalDate date) {
        return above(500, clerk.enrolled(date).collect(Collectors.groupingBy(Row::province, Collectors.counting())));
    }

    /** Provinces with more than 10,000 person-days of training. */
    Set<String> trainingProvinces(LocalDate date) {
        return above(10_000, clerk.trainingByProvince(date.getYear()));
    }

    /** Colleges with more than ten person-days of students abroad. */
    long interning(LocalDate date, Predicate<Row> which) {
        return clerk.collegesAboveTen(RecordType.PLACEMENTS, "participants", date.getYear(), which);
    }

    long alongTheRoad(LocalDate date) {
        return agreements(date)
                .filter(row -> partnerCountries(row).anyMatch(country -> beltAndRoad.holds(country, date)))
                .count();
    }

    Stream<Row> agreements(LocalDate date) {
        return Stream.of(RecordType.INSTITUTIONS, RecordType.PROGRAMMES).flatMap(type -> clerk.standing(type, date));
    }

    static Stream<String> partnerCountries(Row agreement) {
        return ((List<?>) agreement.fields().getOrDefault("foreignPartners", List.of()))
                .stream().map(partner -> ((School.Partner) partner).country());
    }

    static BigDecimal percent(long part, long whole) {
        return BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 10, RoundingMode.HALF_UP);
    }

    String region(String country) {
        return regions.getOrDefault(country, "");
    }

    private BigDecimal fromAsia(LocalDate date) {
        return percent(
                clerk.enrolled(date)
                        .filter(row -> region(row.text("nationality")).equals("asia"))
                        .count(),
                clerk.enrolled(date).count());
    }

    private Stream<Row> atDoubleHigh(LocalDate date) {
        return clerk.enrolled(date).filter(row -> doubleHigh.holds(row.text("college"), date));
    }

    private static long majors(Stream<Row> enrolments) {
        return enrolments
                .map(row -> row.text("major"))
                .filter(major -> !major.isEmpty())
                .distinct()
                .count();
    }

    private long guiding(LocalDate date) {
        return clerk.collegesAboveTen(
                RecordType.ASSIGNMENTS, "teachers", date.getYear(), Clerk.with("role", "guidance"));
    }

    private BigDecimal western(LocalDate date) {
        List<String> countries =
                agreements(date).flatMap(DerivedClerk::partnerCountries).toList();
        return percent(
                countries.stream()
                        .filter(country -> NORTH_AMERICA_OCEANIA_EUROPE.contains(region(country)))
                        .count(),
                countries.size());
    }

    private long byDoubleHigh(LocalDate date) {
        return clerk.curricula(clerk.abroad(date))
                .filter(standard -> Clerk.developers(standard).anyMatch(college -> doubleHigh.holds(college, date)))
                .count();
    }

    private BigDecimal guangxiInAsean(LocalDate date) {
        return percent(
                clerk.curricula(clerk.holding(date)
                                .filter(row -> row.province().equals("45"))
                                .filter(row -> asean.holds(row.text("country"), date)))
                        .count(),
                clerk.count("curriculum-standards-guangxi", date.getYear()));
    }

    private BigDecimal growth(String figure, LocalDate date) {
        long before = clerk.count(figure, date.getYear() - 1);
        return percent(clerk.count(figure, date.getYear()) - before, before);
    }

    private BigDecimal yearlyGrowth(String figure, int from, int to) {
        double factor = (double) clerk.count(figure, to) / clerk.count(figure, from);
        return BigDecimal.valueOf((Math.pow(factor, 1.0 / (to - from)) - 1) * 100);
    }

    private static Set<String> above(long threshold, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > threshold)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static BigDecimal whole(long count) {
        return BigDecimal.valueOf(count);
    }
}
