package org.voyage.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Where constructed schools stand: countries by weight, cities by lot. */
final class Places {

    record Place(String country, String zh, String en, String cityZh, String cityEn) {}

    private record Country(String code, boolean early, int weight, String zh, String en, List<String> cities) {}

    private final Random random;
    private final List<Country> countries;

    Places(Random random) {
        this.random = random;
        this.countries =
                Table.read("history/places.csv").stream().map(Places::country).toList();
    }

    /** The countries of August 2021 that are not among {@code covered}. */
    List<String> uncovered(Set<String> covered) {
        return countries.stream()
                .filter(country -> country.early() && !covered.contains(country.code()))
                .map(Country::code)
                .toList();
    }

    Place in(String code) {
        return countries.stream()
                .filter(country -> country.code().equals(code))
                .map(this::city)
                .findFirst()
                .orElseThrow();
    }

    Place early() {
        return draw(countries.stream().filter(Country::early).toList());
    }

    Place late() {
        return draw(countries);
    }

    private Place draw(List<Country> from) {
        List<Country> wheel = new ArrayList<>();
        for (Country country : from) {
            for (int i = 0; i < country.weight(); i++) {
                wheel.add(country);
            }
        }
        return city(wheel.get(random.nextInt(wheel.size())));
    }

    private Place city(Country country) {
        String[] city =
                country.cities().get(random.nextInt(country.cities().size())).split("/", 2);
        return new Place(country.code(), country.zh(), country.en(), city[0], city[1]);
    }

    private static Country country(Map<String, String> row) {
        return new Country(
                row.getOrDefault("country", ""),
                "early".equals(row.get("since")),
                Integer.parseInt(row.getOrDefault("weight", "0")),
                row.getOrDefault("zh", ""),
                row.getOrDefault("en", ""),
                Table.list(row.getOrDefault("cities", "")));
    }
}
