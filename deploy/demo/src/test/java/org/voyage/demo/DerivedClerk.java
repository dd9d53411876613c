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

/**
 * Independent count of shares, growth, thresholds and lists of colleges from the numbers of the {@link RecordClerk}.
 */
final class DerivedClerk {

    private static final Set<String> NORTH_AMERICA_OCEANIA_EUROPE = Set.of("north-america", "oceania", "europe");

    private final RecordClerk clerk;
    private final DatedMembership doubleHigh = DatedMembership.ofColleges("double-high");
    private final DatedMembership beltAndRoad = DatedMembership.ofCountries("belt-and-road");
    private final DatedMembership asean = DatedMembership.ofCountries("asean");
    private final Map<String, String> regions = CsvTable.readRows("contracts/reference/countries.csv").stream()
            .collect(Collectors.toMap(row -> row.getOrDefault("alpha3", ""), row -> row.getOrDefault("region", "")));
    private final Map<String, Function<LocalDate, BigDecimal>> figures;

    DerivedClerk(RecordClerk clerk) {
        this.clerk = clerk;
        this.figures = Map.ofEntries(
                Map.entry("inbound-growth-2015-2019", date -> yearlyGrowth("inbound-students", 2015, 2019)),
                Map.entry("inbound-asia-share", this::shareFromAsia),
                Map.entry("vocational-share-of-all-inbound", this::shareOfAllInbound),
                Map.entry("inbound-majors-double-high", date -> toDecimal(countMajors(enrolledAtDoubleHigh(date)))),
                Map.entry(
                        "inbound-majors-double-high-share",
                        date -> percentOf(
                                countMajors(enrolledAtDoubleHigh(date)), countMajors(clerk.enrolledAt(date)))),
                Map.entry(
                        "inbound-students-double-high",
                        date -> toDecimal(enrolledAtDoubleHigh(date).count())),
                Map.entry(
                        "inbound-students-double-high-share",
                        date -> percentOf(
                                enrolledAtDoubleHigh(date).count(),
                                clerk.enrolledAt(date).count())),
                Map.entry(
                        "inbound-provinces-over-500",
                        date -> toDecimal(studentProvinces(date).size())),
                Map.entry(
                        "teacher-training-provinces-over-10000",
                        date -> toDecimal(trainingProvinces(date).size())),
                Map.entry(
                        "outbound-internship-colleges",
                        date -> toDecimal(countInterningColleges(date, RecordClerk.hasValue("purpose", "internship")))),
                Map.entry("teacher-guidance-colleges", date -> toDecimal(countGuidingColleges(date))),
                Map.entry("cooperative-institutions-growth-2016", date -> growthOf("cooperative-institutions", date)),
                Map.entry("cooperation-partners-na-oc-eu-share", this::shareOfWesternPartners),
                Map.entry("cooperation-bri", date -> toDecimal(countAlongTheRoad(date))),
                Map.entry("curriculum-standards-double-high", date -> toDecimal(countByDoubleHigh(date))),
                Map.entry(
                        "curriculum-standards-double-high-share",
                        date -> percentOf(
                                countByDoubleHigh(date),
                                clerk.curricula(clerk.validAbroadAt(date)).count())),
                Map.entry(
                        "curriculum-standards-guangxi-growth", date -> growthOf("curriculum-standards-guangxi", date)),
                Map.entry("curriculum-standards-guangxi-asean-share", this::shareOfGuangxiInAsean));
    }

    boolean isKnown(String figure) {
        return figures.containsKey(figure);
    }

    BigDecimal countFigure(String figure, LocalDate date) {
        return Objects.requireNonNull(figures.get(figure)).apply(date);
    }

    /** Returns the provinces with more than 500 students. */
    Set<String> studentProvinces(LocalDate date) {
        return keysAbove(
                500, clerk.enrolledAt(date).collect(Collectors.groupingBy(RecordRow::province, Collectors.counting())));
    }

    /** Returns the provinces with more than 10,000 person-days of training. */
    Set<String> trainingProvinces(LocalDate date) {
        return keysAbove(10_000, clerk.trainingByProvince(date.getYear()));
    }

    /** Returns the number of colleges with more than ten person-days of students abroad. */
    long countInterningColleges(LocalDate date, Predicate<RecordRow> which) {
        return clerk.countCollegesAboveTen(DemoRecordType.PLACEMENTS, "participants", date.getYear(), which);
    }

    long countAlongTheRoad(LocalDate date) {
        return activeAgreements(date)
                .filter(row -> partnerCountries(row).anyMatch(country -> beltAndRoad.isMember(country, date)))
                .count();
    }

    Stream<RecordRow> activeAgreements(LocalDate date) {
        return Stream.of(DemoRecordType.INSTITUTIONS, DemoRecordType.PROGRAMMES)
                .flatMap(type -> clerk.activeAt(type, date));
    }

    static Stream<String> partnerCountries(RecordRow agreement) {
        return ((List<?>) agreement.fields().getOrDefault("foreignPartners", List.of()))
                .stream().map(partner -> String.valueOf(((Map<?, ?>) partner).get("country")));
    }

    static BigDecimal percentOf(long part, long whole) {
        return BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 10, RoundingMode.HALF_UP);
    }

    String regionOf(String country) {
        return regions.getOrDefault(country, "");
    }

    private BigDecimal shareFromAsia(LocalDate date) {
        return percentOf(
                clerk.enrolledAt(date)
                        .filter(row -> regionOf(row.text("nationality")).equals("asia"))
                        .count(),
                clerk.enrolledAt(date).count());
    }

    private BigDecimal shareOfAllInbound(LocalDate date) {
        return percentOf(
                clerk.enrolledAt(date).count(),
                PublishedLine.findLine("international-students-in-china")
                        .value()
                        .longValueExact());
    }

    private Stream<RecordRow> enrolledAtDoubleHigh(LocalDate date) {
        return clerk.enrolledAt(date).filter(row -> doubleHigh.isMember(row.text("college"), date));
    }

    private static long countMajors(Stream<RecordRow> enrolments) {
        return enrolments
                .map(row -> row.text("major"))
                .filter(major -> !major.isEmpty())
                .distinct()
                .count();
    }

    private long countGuidingColleges(LocalDate date) {
        return clerk.countCollegesAboveTen(
                DemoRecordType.ASSIGNMENTS, "teachers", date.getYear(), RecordClerk.hasValue("role", "guidance"));
    }

    private BigDecimal shareOfWesternPartners(LocalDate date) {
        List<String> countries =
                activeAgreements(date).flatMap(DerivedClerk::partnerCountries).toList();
        return percentOf(
                countries.stream()
                        .filter(country -> NORTH_AMERICA_OCEANIA_EUROPE.contains(regionOf(country)))
                        .count(),
                countries.size());
    }

    private long countByDoubleHigh(LocalDate date) {
        return clerk.curricula(clerk.validAbroadAt(date))
                .filter(standard ->
                        RecordClerk.developers(standard).anyMatch(college -> doubleHigh.isMember(college, date)))
                .count();
    }

    private BigDecimal shareOfGuangxiInAsean(LocalDate date) {
        return percentOf(
                clerk.curricula(clerk.validAt(date)
                                .filter(row -> row.province().equals("45"))
                                .filter(row -> asean.isMember(row.text("country"), date)))
                        .count(),
                clerk.countFigure("curriculum-standards-guangxi", date.getYear()));
    }

    private BigDecimal growthOf(String figure, LocalDate date) {
        long before = clerk.countFigure(figure, date.getYear() - 1);
        return percentOf(clerk.countFigure(figure, date.getYear()) - before, before);
    }

    private BigDecimal yearlyGrowth(String figure, int from, int to) {
        double factor = (double) clerk.countFigure(figure, to) / clerk.countFigure(figure, from);
        return BigDecimal.valueOf((Math.pow(factor, 1.0 / (to - from)) - 1) * 100);
    }

    private static Set<String> keysAbove(long threshold, Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(count -> count.getValue() > threshold)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static BigDecimal toDecimal(long count) {
        return BigDecimal.valueOf(count);
    }
}
