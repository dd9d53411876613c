package org.voyage.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Independent count of overseas schools and their students with simple filters. */
final class OverseasClerk {

    private static final String REGION_FIGURE_PREFIX = "overseas-countries-";

    private final List<OverseasSchool> schools;
    private final List<SchoolHeadcount> headcounts;
    private final Map<String, String> regions = CsvTable.readRows("contracts/reference/countries.csv").stream()
            .collect(Collectors.toMap(row -> row.getOrDefault("alpha3", ""), row -> row.getOrDefault("region", "")));

    OverseasClerk(DemoHistory history) {
        this.schools = OverseasSchool.readSchools(history);
        this.headcounts = SchoolHeadcount.readHeadcounts(history);
    }

    /** Returns a published figure by its name, at the end of a day or in its year. */
    long countFigure(String figure, LocalDate date) {
        Predicate<OverseasSchool> luban = school -> school.brand().equals("luban-workshop");
        Predicate<OverseasSchool> tianjin = school -> school.province().equals("12");
        return switch (figure) {
            case "overseas-schools" -> openAt(date).count();
            case "overseas-majors" ->
                openAt(date)
                        .flatMap(school -> school.majors().stream())
                        .distinct()
                        .count();
            case "overseas-students" ->
                headcounts.stream()
                        .filter(headcount -> headcount.year() == date.getYear())
                        .mapToLong(SchoolHeadcount::students)
                        .sum();
            case "overseas-founding-schools" ->
                openAt(date)
                        .flatMap(school -> school.foundingColleges().stream())
                        .distinct()
                        .count();
            case "luban-workshops" -> openAt(date).filter(luban).count();
            case "luban-workshop-countries" -> countCountries(openAt(date).filter(luban));
            case "luban-workshops-tianjin" ->
                openAt(date).filter(luban.and(tianjin)).count();
            case "luban-workshop-countries-tianjin" ->
                countCountries(openAt(date).filter(luban.and(tianjin)));
            default -> countCountries(openAt(date).filter(inRegion(figure)));
        };
    }

    Stream<OverseasSchool> openAt(LocalDate date) {
        return schools.stream()
                .filter(school ->
                        school.openedOn() != null && !school.openedOn().isAfter(date))
                .filter(school -> school.closedOn() == null || school.closedOn().isAfter(date));
    }

    private Predicate<OverseasSchool> inRegion(String figure) {
        String region = figure.replaceFirst(REGION_FIGURE_PREFIX, "");
        if (!figure.startsWith(REGION_FIGURE_PREFIX) || !regions.containsValue(region)) {
            throw new AssertionError("a published figure that nobody counts: " + figure);
        }
        return school -> region.equals(regions.get(school.hostCountry()));
    }

    private static long countCountries(Stream<OverseasSchool> schools) {
        return schools.map(OverseasSchool::hostCountry).distinct().count();
    }
}
