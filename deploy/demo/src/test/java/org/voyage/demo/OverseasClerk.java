package org.voyage.demo;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts overseas schools and their students with nothing but filters. */
final class OverseasClerk {

    private static final String IN_REGION = "overseas-countries-";

    private final History history;
    private final Map<String, String> regions = Table.read("contracts/reference/countries.csv").stream()
            .collect(Collectors.toMap(row -> row.getOrDefault("alpha3", ""), row -> row.getOrDefault("region", "")));

    OverseasClerk(History history) {
        this.history = history;
    }

    /** A published figure by its name, at the end of a day or in its year. */
    long count(String figure, LocalDate date) {
        Predicate<School> luban = school -> school.brand().equals("luban-workshop");
        Predicate<School> tianjin = school -> school.province().equals("12");
        return switch (figure) {
            case "overseas-schools" -> at(date).count();
            case "overseas-majors" ->
                at(date).flatMap(school -> school.majors().stream()).distinct().count();
            case "overseas-students" ->
                history.headcounts().stream()
                        .filter(headcount -> headcount.year() == date.getYear())
                        .mapToLong(Headcount::students)
                        .sum();
            case "overseas-founding-schools" ->
                at(date).flatMap(school -> school.foundingColleges().stream())
                        .distinct()
                        .count();
            case "luban-workshops" -> at(date).filter(luban).count();
            case "luban-workshop-countries" -> countries(at(date).filter(luban));
            case "luban-workshops-tianjin" ->
                at(date).filter(luban.and(tianjin)).count();
            case "luban-workshop-countries-tianjin" -> countries(at(date).filter(luban.and(tianjin)));
            default -> countries(at(date).filter(inRegion(figure)));
        };
    }

    Stream<School> at(LocalDate date) {
        return history.schools().stream()
                .filter(school ->
                        school.openedOn() != null && !school.openedOn().isAfter(date))
                .filter(school -> school.closedOn() == null || school.closedOn().isAfter(date));
    }

    private Predicate<School> inRegion(String figure) {
        String region = figure.replaceFirst(IN_REGION, "");
        if (!figure.startsWith(IN_REGION) || !regions.containsValue(region)) {
            throw new AssertionError("a published figure that nobody counts: " + figure);
        }
        return school -> region.equals(regions.get(school.hostCountry()));
    }

    private static long countries(Stream<School> schools) {
        return schools.map(School::hostCountry).distinct().count();
    }
}
