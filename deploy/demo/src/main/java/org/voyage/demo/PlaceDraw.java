package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random draw of the constructed schools' places: countries by weight, cities at random. */
final class PlaceDraw {

    record SchoolPlace(String country, String zh, String en, String cityZh, String cityEn) {}

    private record WeightedCountry(String code, boolean early, int weight, String zh, String en, List<String> cities) {}

    private final Random random;
    private final List<WeightedCountry> countries;

    PlaceDraw(Random random) {
        this.random = random;
        this.countries = CsvTable.readRows("history/places.csv").stream()
                .map(PlaceDraw::toCountry)
                .toList();
    }

    /** Returns the countries of August 2021 that are not among {@code covered}. */
    List<String> uncoveredCountries(Set<String> covered) {
        return countries.stream()
                .filter(country -> country.early() && !covered.contains(country.code()))
                .map(WeightedCountry::code)
                .toList();
    }

    SchoolPlace placeIn(String code) {
        return countries.stream()
                .filter(country -> country.code().equals(code))
                .map(this::drawCity)
                .findFirst()
                .orElseThrow();
    }

    SchoolPlace drawEarlyPlace() {
        return drawPlace(countries.stream().filter(WeightedCountry::early).toList());
    }

    SchoolPlace drawLatePlace() {
        return drawPlace(countries);
    }

    private SchoolPlace drawPlace(List<WeightedCountry> from) {
        List<WeightedCountry> wheel = new ArrayList<>();
        for (WeightedCountry country : from) {
            for (int i = 0; i < country.weight(); i++) {
                wheel.add(country);
            }
        }
        return drawCity(wheel.get(random.nextInt(wheel.size())));
    }

    private SchoolPlace drawCity(WeightedCountry country) {
        String[] city =
                country.cities().get(random.nextInt(country.cities().size())).split("/", 2);
        return new SchoolPlace(country.code(), country.zh(), country.en(), city[0], city[1]);
    }

    private static WeightedCountry toCountry(Map<String, String> row) {
        return new WeightedCountry(
                row.getOrDefault("country", ""),
                "early".equals(row.get("since")),
                Integer.parseInt(row.getOrDefault("weight", "0")),
                row.getOrDefault("zh", ""),
                row.getOrDefault("en", ""),
                CsvTable.splitList(row.getOrDefault("cities", "")));
    }
}
